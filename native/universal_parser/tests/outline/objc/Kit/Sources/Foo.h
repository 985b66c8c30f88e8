#import <Foundation/Foundation.h>
#import "A.h"
NS_ASSUME_NONNULL_BEGIN
@class Foo, Bar;
@protocol Baz;
/// A thing with a frame.
///
///     [Foo run];
NS_SWIFT_NAME(Foo)
__attribute__((objc_subclassing_restricted))
@interface Foo<__covariant T : id> : NSObject <P, Q> {
  @private int _x;
  @public NSString *name;
}
/** The title */
@property (nonatomic, copy, nullable) NSString *title, *other;
@property (nonatomic) void (^block)(int a);
@property (class, readonly) Foo *shared NS_AVAILABLE_IOS(9_0);
- (instancetype)initWithFrame:(CGRect)frame style:(Style)style NS_DESIGNATED_INITIALIZER;
+ (void)run;
- (void)old __attribute__((deprecated("x")));
- (int)sum:(int)a, ... NS_REQUIRES_NIL_TERMINATION;
- foo:(int)a :(int)b;
@end
@interface Foo (Cat) <R>
- (void)cat;
@end
@interface Foo ()
- (void)priv;
@end
@protocol P <NSObject>
@required
- (void)must;
@optional
@property int opt;
- (void)may;
@end
typedef NS_ENUM(NSInteger, Style) { StyleA, /// b
 StyleB = 2 };
typedef NS_OPTIONS(NSUInteger, Opt) { OptA = 1 << 0 };
typedef void (^Block)(int);
typedef struct { int x; } S;
enum E { A, B };
FOUNDATION_EXPORT NSString *const FooName;
extern int f(int a);
static inline int g(void) { return 1; }
#define MAX 3
#define SQ(x) ((x)*(x))

@interface Broken : NSObject
- (void)before;
- (void ;
/// After the error.
- (void)after:(void (^)(NSString *größe, NSError **error))block;
- (instancetype)init NS_UNAVAILABLE;
@end

#if TARGET_OS_IOS
@protocol Touchable <NSObject>
/// Touched.
- (BOOL)touch:(CGPoint)point API_AVAILABLE(ios(9.0));
@end
#endif

NS_ASSUME_NONNULL_END

/// Has variables under a condition.
@interface Timer : NSObject
{
#if EXPOSE(Timer)
@public
  NSDate *_date; /* when */
@private
  int _internal;
#endif
}
- (Foo * __nullable)fire:(int)count __deprecated_msg("use run");
@end
