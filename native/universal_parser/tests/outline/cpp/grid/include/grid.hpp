#pragma once
#include <string>
#include <vector>

GRID_BEGIN_NAMESPACE

namespace grid { namespace shapes {

class Fwd;

/// A shape.
///
/// With words.
template <typename T, int N = 3>
class GRID_EXPORT Shape : public Base<T>, private Other {
    int hidden_;
    GRID_OBJECT
public:
    using value_type = T;
    typedef T *pointer;
    static constexpr int kSides = 4; ///< Sides.
    enum class Kind : int { Round, Square };
    enum Plain { One, Two = 2 };

    /** Makes one. */
    Shape();
    explicit Shape(int sides) : hidden_(sides) {}
    Shape(const Shape &) = delete;
    Shape &operator=(const Shape &other) = default;
    virtual ~Shape();

    /// Area.
    virtual double area() const = 0;
    double area(int scale) const noexcept override;
    bool operator==(const Shape &other) const;
    T &operator[](std::size_t index);
    bool operator()(int) const;
    operator bool() const { return true; }
    template <class U> void visit(U &&visitor);
    [[nodiscard]] static Shape *make(std::string name = "x", std::vector<int> sides = {});
    auto trailing() -> int;
    int x, y = 2;
    std::string name;

    struct Point {
        int px;
    private:
        int secret;
    public:
        int py;
    };

    friend class Friend;
    friend void swap(Shape &a, Shape &b);

protected:
    void for_children();

private:
    void own();
    struct Hidden { int z; };
};

template <typename T, int N>
double Shape<T, N>::area(int scale) const noexcept {
    return scale;
}

template <> class Shape<int> {};

inline namespace v1 {
void versioned();
}

namespace detail {
void inner();
}

namespace {
int unnamed() { return 1; }
}

/// Sum of two.
int add(int a, int b);
/// Sum of doubles.
double add(double a, double b);
inline int add(int first, int second) { return first + second; }

template <typename T>
concept Number = requires(T t) { t + 1; };

template <Number T>
T twice(T value);

constexpr double kPi = 3.14;
inline constexpr auto kText = "text";
template <class T> constexpr bool is_shape = false;
using Names = std::vector<std::string>;
template <class T> using List = std::vector<T>;
typedef int Count;
enum class Colour : char {
    Red,   ///< Like blood.
    Green,
};
std::ostream &operator<<(std::ostream &out, const Point &point);
long double operator"" _km(long double);
using std::string;

[[deprecated("use add")]] int sum(int a, int b);

#ifdef _WIN32
void only_windows();
#endif

}} // namespace grid::shapes

GRID_END_NAMESPACE

namespace grid::nested {
struct Plain {
    int a = 1;
    Plain(int a);
    void method();
};
union Either { int i; float f; };
extern "C" int c_function(int);
extern "C" {
int c_block(void);
}
}
