#!/usr/bin/env node
/*! licence */
'use strict';
var util = require('util'), path = require("path").posix;
const { a, b: c } = require('./parts');

/**
 * Makes an application.
 */
exports = module.exports = createApplication;
function createApplication(options) {}

/** Runs it. */
createApplication.run = function run(port) { return 1; };
createApplication.prototype.stop = function () {};
var proto = {};
proto.hidden = function () {};
Request.prototype = { /** Header. */ header: function (name) {}, short() {}, value: 1 };

exports.version = '1.0';
exports.helper = function helper(a, b) {};
/** An arrow. */
module.exports.arrow = async (x) => x;
exports.local = local;
exports.alias = local;
exports.again = require('./again');
exports['quoted'] = class Quoted { m() {} };
exports.later = void 0;
function local() {}
Object.defineProperty(exports, "getter", { enumerable: true, get: function () { return getter; } });
var getter = 1;
__exportStar(require("./star"), exports);

if (process.env.NODE_ENV !== 'production') {
  (function () {
    function useState(initial) {}
    function internal() {}
    exports.useState = useState;
    exports.useEffect = function (create, deps) { var x = 1; };
  })();
}
describe('not entered', function () { function inTest() {} });
