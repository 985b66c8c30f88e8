# Has an error in the middle.
class Broken
  # Found.
  def fine_before; end

  def broken(a)
    x = = 2 +* )
  end

  # Found too.
  def fine_after(b); end

  private

  def hidden_after; end
end

# Found as well.
module AfterBroken
  NAME = "x".freeze

  def self.call; end
end
