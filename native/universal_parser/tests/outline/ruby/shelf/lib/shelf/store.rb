# frozen_string_literal: true

require "set"

# Keeps books in order.
#
# Example:
#
#   shelf = Shelf::Store.new
#   shelf << "Emma"
module Shelf
  # The version.
  VERSION = "1.2.0"
  LIMITS = { rows: 10, columns: 20 }.freeze
  SECRET = 7
  private_constant :SECRET

  # Raised when nothing fits.
  class Full < StandardError; end
  Missing = Class.new(StandardError)

  # A point on a board.
  Point = Struct.new(:x, :y, keyword_init: true) do
    # Distance to the origin.
    def length = Math.sqrt(x * x + y * y)
  end

  Pair = Data.define(:left, :right)

  class << self
    # The shelf of everybody.
    attr_accessor :default

    # Opens a shelf.
    def open(path, mode: :read, **options, &block)
      new(path)
    end

    private

    def secret; end
  end

  # @api private
  class Internal
    def work; end
  end

  class Hidden # :nodoc:
    def work; end
  end

  class Store < Base
    include Enumerable

    # Number of rows.
    attr_reader :rows, :columns
    # The title.
    attr_writer :title
    attr_accessor :mode # inline

    # Makes a store.
    #
    # @param rows [Integer] how many
    # @return [Store]
    def initialize(rows, columns = 2,
                   *rest, key:, other: nil, &block)
      @rows = rows
    end

    # Adds a book.
    # @deprecated Use {#push} instead.
    def <<(book)
      push(book)
    end

    def [](index) = @books[index]

    def []=(index, book)
      @books[index] = book
    end

    def ==(other)
      other.rows == rows
    end

    def full? = false
    def clear! ; end
    def title=(value); end

    # Singleton.
    def self.build(...)
      new(...)
    end

    def self.hidden_maker; end
    private_class_method :hidden_maker

    private_class_method def self.other_maker; end

    def push(book) # :nodoc:
      book
    end

    alias add push
    alias_method :append, :push
    alias_method "prepend", "push"

    define_method(:sort) { |order| order }
    # Sorts down.
    define_method(:sort_down) do |order, limit = 1|
      order
    end

    %w[a b].each do |name|
      define_method("get_#{name}") { 1 }
    end

    private def inline_private(a)
      a
    end

    public

    def visible; end

    protected

    def shielded(a); end

    private

    attr_reader :inner

    def lonely; end

    public def loud; end

    INSIDE = 1

    def late; end
    public :late

    def self.still_public; end
  end

  # Reopened.
  class Store
    def reopened; end
    def open_again; end
    private :open_again, :reopened
    public :reopened

    # @!attribute [r] magic
    #   @return [Integer] made up
    # @!method conjure(name)
    #   Makes things.
    #   @param name [String]

    class Row
      # Cells.
      def cells; end
    end
  end

  # Helpers.
  module Util
    module_function

    # Folds text.
    def fold(text) = text
  end

  module More
    extend self
    def both; end
    def alone; end
    module_function :alone
  end

  class Deep::Nested::Thing < ::Object
    def go; end
  end

  if RUBY_VERSION >= "3.0"
    # Only for new ones.
    def self.modern; end
  else
    def self.modern; nil; end
  end

=begin
Documented by a block.

  code
=end
  def self.blocky; end
end

module Shelf::Compact
  MAX = MIN = 2
  A, B = 1, 2
  Pager = Data.define(:page) do
    def next_page = page + 1
  end
end

def Shelf.outside(a)
  a
end

def top_level; end

TOP = 1
$global = 1

class String
  def shelved?; end
end
