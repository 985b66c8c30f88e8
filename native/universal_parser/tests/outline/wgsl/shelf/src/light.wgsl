#import bevy_pbr::mesh_types

// A light.
struct Light {
    @location(0) position: vec3<f32>,
    intensity: f32, // how strong
}

/// How it looks.
@group(0) @binding(0) var<uniform> camera: Camera;
@group(0) @binding(1) var picture: texture_2d<f32>;
@group(0) @binding(2)
var<storage, read_write> items: array<f32>;
var<private> counter: u32 = 0u;
var<workgroup> tile: array<f32, 64>;

// Most.
const LIMIT: u32 = 10u;
override strength: f32 = 1.0;
alias Color = vec4<f32>;

// Not of what follows.

/// Shades.
///
/// With care.
fn shade(normal: vec3<f32>, light: Light) -> vec3<f32> {
    let inner = 1.0;
    return normal * inner;
}

@vertex
fn vertex(@builtin(vertex_index) index: u32) -> @builtin(position) vec4<f32> {
    return vec4<f32>(0.0);
}

#ifdef SHADOWS
fn shadow(p: vec3<f32>) -> f32 { return 0.0; }
#endif

@compute @workgroup_size(8, 8, 1)
fn compute_main(@builtin(global_invocation_id) id: vec3<u32>) { }

fn broken(x: f32 -> f32 { return ; }

// Still found.
fn after(x: f32) -> f32 { return x; }
