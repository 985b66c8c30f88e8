// Command stack prints one.
package main

// Run is of no use to others.
func Run() {}

func main() { Run() }
