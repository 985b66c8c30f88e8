#include <vector>
class InHeader {
public:
    int f();
};
