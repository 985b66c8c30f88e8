const one = () => 1;
module.exports = {
  /** The one. */
  one,
  two: function (x) { return 2; },
  three() {},
  renamed: one,
  version: "1",
  ...require('./rest'),
};
