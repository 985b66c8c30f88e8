#import "Foo.h"

@implementation Foo { int _z; }
@synthesize title = _title;
- (instancetype)initWithFrame:(CGRect)frame style:(Style)style { return self; }
- (void)hiddenOne { }
@end
@implementation Foo (Cat)
- (void)cat {}
@end
@compatibility_alias A B;
int helper(void) { return 1; }
NS_ASSUME_NONNULL_END
