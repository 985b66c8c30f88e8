Gem::Specification.new do |spec|
  spec.name = "shelf"
end
