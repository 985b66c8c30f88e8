// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC20 as Standard} from "./IERC20.sol";

/// @notice How many.
uint256 constant LIMIT = 100;

/// A price.
type Price is uint128;

error TooMuch(uint256 wanted, uint256 had);

/**
 * @title Points
 * @dev Both of them.
 */
struct Point {
    uint256 x;
    uint256 y;
}

enum Mode { Open, Closed }

event Loose(address who);

using Lib for Point global;

/// @notice Adds.
function add(uint256 a, uint256 b) pure returns (uint256) { return a + b; }

interface IShelf {
    /// @notice Somebody put a book.
    event Put(address indexed who, uint256 indexed id, string title);

    error Full();

    /// @notice Puts a book.
    /// @param id which
    function put(uint256 id) external returns (bool done);
}

library Lib {
    function norm(Point memory p) internal pure returns (uint256) { return p.x; }
    function wide(Point storage p) public view returns (uint256) { return p.y; }
    function secret() private {}
}

/**
 * @title Token
 * @notice Keeps balances.
 */
abstract contract Token is IShelf, Base(1) {
    using Lib for Point;

    /// @notice Everybody's balance.
    mapping(address => uint256) public balances;
    uint256 internal inner;
    uint256 private secret = 1;
    uint256 implicit;
    address public immutable owner;
    uint256 public constant MAX = 2 ** 10;
    bytes32 private constant HIDDEN = keccak256("x");

    struct Slot { uint256 id; address holder; }
    enum Phase { One, Two }
    event Moved(address from);
    error Denied(address who);
    type Id is uint64;

    /// @dev Only the owner.
    modifier onlyOwner() virtual {
        require(msg.sender == owner);
        _;
    }

    /// @notice Makes it.
    constructor(address first, uint256 amount) Base(amount) payable {
        owner = first;
    }

    receive() external payable {}
    fallback(bytes calldata input) external returns (bytes memory) { return input; }

    /// @notice Moves some.
    /// @param to where
    /// @return done whether
    function move(
        address to,
        uint256 amount // how many
    ) external virtual override(IShelf, Base) onlyOwner returns (bool done) {
        return true;
    }

    function move(address to) public returns (bool) { return true; }
    function help() internal {}
    function hide() private {}
    function old() {}
    function pending(uint256 a) public virtual;

    function broken(uint a { return = ; }

    /// @notice Found after the error.
    function later() external view returns (uint256) { return 1; }
}

contract Plain { uint public value; }
