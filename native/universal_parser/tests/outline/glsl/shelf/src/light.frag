#version 450 core
#extension GL_ARB_separate_shader_objects : enable
#ifndef LIGHT
#define LIGHT
#define PI 3.14159
#define SQ(x) ((x) * (x))

// Not of what follows.

// The picture.
uniform sampler2D tex;
uniform vec3 eye, target;
layout(location = 0) in vec3 position;
layout(location = 0) out vec4 color;
layout(binding = 1, std140) uniform Camera {
    mat4 view; // how it looks
    mat4 projection;
} camera;
layout(std430, binding = 2) buffer Items { float values[]; };
const float limit = 1.0;
const vec3 table[2] = vec3[](vec3(0.0, 0.0, 0.0), vec3(1.0, 1.0, 1.0));
const float a_very_long_constant_name_for_a_value = 0.123456789 + 0.123456789 + 0.123456789 + 0.1;

/* A light. */
struct Light {
    vec3 position;
    float intensity, falloff;
};

float proto(float x);

/**
 * Shades.
 *
 * With care.
 */
vec3 shade(in vec3 normal, inout Light light, const float roughness) {
    float inner = 1.0;
    return normal * inner;
}

#ifdef SHADOWS
// In shadow.
float shadow(vec3 p) { return 0.0; }
#else
float noShadow(vec3 p) { return 1.0; }
#endif

float broken(float x { return ; }

// Still found.
float after(float x) { return x; }

void main() { color = vec4(shade(vec3(0.0), Light(vec3(0.0), 1.0, 1.0), 0.5), 1.0); }
#endif
