#include "kernels.cuh"

__global__ void inFile(int* x) { *x = 1; }
int main() { inFile<<<1, 1>>>(nullptr); return 0; }
