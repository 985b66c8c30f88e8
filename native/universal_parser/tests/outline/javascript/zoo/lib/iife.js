;(function() {
  /** Used as a reference. */
  var undefined;
  /** Splits. */
  function chunk(array, size) {}
  function each(collection) {}
  function internal() {}
  lodash.chunk = chunk;
  lodash.each = each;
  lodash.forEach = each;
}.call(this));
