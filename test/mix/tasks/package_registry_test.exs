defmodule Mix.Tasks.PackageRegistryTest do
  use RegistryCase, async: false

  alias Mix.Tasks.PackageRegistry.{Check, Compact, Reindex}
  alias PackageRegistry.Store
  alias PackageRegistryCollector, as: Collector

  setup %{store: store} do
    shell = Mix.shell()
    Mix.shell(Mix.Shell.Process)
    on_exit(fn -> Mix.shell(shell) end)
    Collector.collect!("ember-rt", "1.2.0", :cargo, store: store)
    :ok
  end

  test "reindexes, checks and compacts the store that is named", %{store: store, path: path} do
    :ok = Store.close(store)

    Reindex.run(["--store", path])
    assert_received {:mix_shell, :info, ["1 packages and " <> _snippets]}

    Check.run(["--store", path])
    assert_received {:mix_shell, :info, [checked]}
    assert checked =~ ~r/^\d+ records, 1 packages and \d+ snippets in the index: all intact$/

    Compact.run(["--store", path])
    assert_received {:mix_shell, :info, [compacted]}
    assert [_all, before, now] = Regex.run(~r/^(\d+) bytes before, (\d+) now$/, compacted)
    assert String.to_integer(now) <= String.to_integer(before)
  end

  test "a store that is open elsewhere is named", %{path: path} do
    assert_raise Mix.Error, ~r/store\.redb.*open/s, fn -> Check.run(["--store", path]) end
  end

  test "faults are told, and make the check fail", %{store: store, path: path} do
    :ok = Store.close(store)
    bytes = File.read!(path)
    # The name stands in the package's record, which is not compressed.
    [{at, _length} | _rest] = :binary.matches(bytes, "ember-rt")
    <<before::binary-size(at), _letter, rest::binary>> = bytes
    File.write!(path, [before, "E", rest])
    assert_raise Mix.Error, fn -> Check.run(["--store", path]) end
  end

  test "wrong arguments are told" do
    assert_raise Mix.Error, ~r/--stores? is unknown/, fn -> Check.run(["--stores", "x"]) end
    assert_raise Mix.Error, ~r/takes no "x"/, fn -> Compact.run(["x"]) end
  end
end
