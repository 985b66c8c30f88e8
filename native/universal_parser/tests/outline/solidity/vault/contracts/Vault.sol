// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {Base as Root} from "./Base.sol";

/// Thrown when somebody asks for too much.
error TooMuch(address who, uint256 wanted);

/// Basis points.
uint256 constant BASIS = 10_000;

type Price is uint128;

struct Free { uint a; }

/// Adds, outside of any contract.
function add(uint a, uint b) pure returns (uint) { return a + b; }

interface IVault {
    /// @notice Emitted after a deposit.
    event Deposited(address indexed from, uint256 amount);
    function deposit(uint256 amount) external payable returns (uint256 shares);
}

/**
 * @title Keeps things.
 * @dev Not audited.
 */
abstract contract Vault is IVault, Root(1) {
    enum State { Open, Closed }
    /// What one holder has.
    struct Holding {
        uint256 shares; // of all
        mapping(address => bool) allowed;
    }

    uint256 public constant MAX = 100;
    address public immutable owner;
    /// Sum of all.
    uint256 public total;
    mapping(address => Holding) private holdings;
    bytes internal constant TABLE = hex"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    /// Only for the owner.
    modifier onlyOwner() virtual { require(msg.sender == owner); _; }

    constructor(address owner_) Root(2) { owner = owner_; }

    receive() external payable {}
    fallback(bytes calldata input) external returns (bytes memory) { return input; }

    /// @notice Puts in.
    function deposit(uint256 amount) external payable override returns (uint256 shares) { return amount; }

    /// @notice Takes out.
    /// @custom:deprecated use withdrawAll
    function withdraw(uint256 amount) public onlyOwner returns (uint256) { return amount; }
    function withdraw(uint256 amount, address to) public virtual returns (uint256) { return amount; }

    function _mint(address to) internal virtual {}
    function hidden() private view returns (uint) { return total; }
    function broken( public { }
    function after_() external pure {}
}

library Math {
    function max(uint a, uint b) internal pure returns (uint) { return a > b ? a : b; }
    function min(uint a, uint b) public pure returns (uint) { return a > b ? b : a; }
}
