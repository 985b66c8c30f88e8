#pragma once
#include <cuda_runtime.h>
#define BLOCK 256
#define DIVUP(a, b) (((a) + (b) - 1) / (b))

namespace shelf {

/// Adds two vectors.
template <typename T>
__global__ void add(const T* a, const T* b, T* out, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) out[i] = a[i] + b[i];
}

/** Scales. */
__global__ void __launch_bounds__(BLOCK, 2) scale(float* x, float by);
__launch_bounds__(128) __global__ void other(float* x) {}

__device__ __forceinline__ float square(float x) { return x * x; }
__host__ __device__ inline int divup(int a, int b) { return (a + b - 1) / b; }
static __device__ int hidden_helper(int x);

__constant__ float weights[16];
extern __shared__ float scratch[];
__device__ int counter = 0;

/// A matrix.
template <typename T, int N>
struct Matrix {
    T data[N][N];
    __device__ T& at(int row, int column) { return data[row][column]; }
    __host__ static Matrix identity();
private:
    int secret;
};

enum class Mode { fast, exact };
using Vector = Matrix<float, 4>;

inline void launch(float* x, int n) {
    scale<<<DIVUP(n, BLOCK), BLOCK>>>(x, 2.0f);
}

int broken = = 3 (;

/// Still found.
__device__ int after(int x);

}  // namespace shelf
