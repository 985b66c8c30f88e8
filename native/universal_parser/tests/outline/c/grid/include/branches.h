#ifndef BRANCHES_H
#define BRANCHES_H
#ifdef __cplusplus
extern "C" {
#endif

#ifdef HAS_FAST
/* Quick. */
int fast(int n);
#elif defined(HAS_SLOW) && LEVEL > 3
int slow(int n);
#else
int plain(int n);
#endif

#if !defined(TINY)
/** Both ways. */
int either(int n);
#else
int either(int n, int m);
#endif

#ifdef __cplusplus
}
#endif
#endif
