<?php
namespace First {
    /** In a block. */
    class A { public function a() {} }
    function f() {}
}
namespace Second\Deep {
    class B {}
    const C = 1;
}
namespace {
    function globally() {}
    class Loose { public $p; }
}
