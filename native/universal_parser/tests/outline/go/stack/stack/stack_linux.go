//go:build cgo && !appengine

// Copyright: nobody.

// Package stack keeps things in the order they came.
//
//	s := stack.New[int]()
package stack

import (
	"errors"
	"fmt"
)

/*
#include <stdio.h>
*/
import "C"

// Kind tells stacks apart.
type Kind uint8

// The kinds.
const (
	// Plain is the default.
	Plain Kind = iota
	Deep // grows without end
	_
	hidden

	// Wide and Tall share a line.
	Wide, Tall = 1 << iota, "tall"
)

// Version of the format.
const Version = "1.2"

const untyped = 3

var (
	// ErrEmpty says that nothing is left.
	ErrEmpty = errors.New("stack: empty")

	// Detached comment.

	Table = map[string]int{
		"a": 1,
	}
	Default *Stack[int]
	_ fmt.Stringer = (*Stack[int])(nil)
)

// Verbose prints more.
//
// Deprecated: nobody reads it.
var Verbose bool

type (
	// ID names one.
	ID = string

	// Handler is called back.
	Handler func(id ID, err error) (again bool)

	node[T any] struct {
		Value T
		next  *node[T]
	}
)

// Number is a constraint.
type Number interface {
	~int | ~float64
	fmt.Stringer
}

// Pusher takes things.
type Pusher[T any] interface {
	fmt.Stringer

	// Push adds one.
	Push(item T) error
	Len() int // how many
	hide()
}

// Stack is last in, first out.
type Stack[T any] struct {
	*node[T]
	fmt.Stringer `json:"-"`
	Max, Min     int    `json:"max"` // limits
	Name         string `json:"name"`

	// Options nest.
	Options struct {
		Deep  bool
		small bool
	}
	items []T
}

// New makes one.
//
//go:noinline
func New[T any](
	items ...T, // in order
) *Stack[T] {
	type local struct{ A int }
	return &Stack[T]{items: items}
}

// Push implements Pusher.
func (s *Stack[T]) Push(item T) error { return nil }

//nolint:unused
func (s Stack[_]) pop() (item int, err error) {
	return 0, ErrEmpty
}

// Walk is exported, its receiver is not.
func (n *node[T]) Walk(f func(T) bool) {}

func (Kind) String() string { return "" }

func init() {}

func broken( {

// Größe is the size.
func Größe(s Kind) int { return 0 }

// Ünicode stands after the error.
type Ünicode struct{ Ä int }

// Map applies f.
func Map[K comparable, V Number](m map[K]V, f func(V) V) (map[K]V, error) {
	return nil, nil
}
