!> Shapes.
module shapes
  use iso_c_binding, only: c_int
  implicit none
  private
  public :: area, circle, pi, operator(+)

  !> Ratio.
  real, parameter :: pi = 3.14159, tau = 2*pi
  integer, public, save :: count = 0
  integer, private :: hidden

  !> A circle.
  type, extends(base), public :: circle
    private
    real, public :: r !< radius
    integer :: id
  contains
    procedure, public :: grow => circle_grow
    procedure(iface), deferred, pass :: shrink
    generic :: operator(+) => add
    final :: cleanup
  end type circle

  interface area
    module procedure circle_area
    procedure square_area
  end interface area

  abstract interface
    subroutine iface(self)
      import circle
      class(circle) :: self
    end subroutine
  end interface

  enum, bind(c)
    enumerator :: red = 1, green
  end enum
contains
  !> Area of a circle.
  !! In square units.
  pure real function circle_area(c) result(a)
    type(circle), intent(in) :: c
    a = pi * c%r**2
  end function circle_area

  subroutine circle_grow(self, by)
    class(circle) :: self
    real, intent(in) :: by
  contains
    subroutine inner()
    end subroutine
  end subroutine
end module shapes

submodule (shapes) more
contains
  module subroutine x()
  end subroutine
end submodule

program main
  print *, 1
end program

subroutine free(a, b)
  integer a, b
end subroutine

module open_module
  !! FORD puts its words below.
  integer :: level = 1 !! How deep.
  real, dimension(3, 3), parameter :: unit = reshape([1, 0, 0, 0, 1, 0, 0, 0, 1], [3, 3])
  interface
    function far(x) bind(c)
      real :: far, x
    end function
  end interface
contains
  subroutine broken(
  end subroutine
  subroutine long_head(first, & ! the first
      second, third)
    !! Documented below.
    integer :: first, second, third
  end subroutine
end module
