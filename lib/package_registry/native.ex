defmodule PackageRegistry.Native do
  @moduledoc false
  # Stubs only: `native/registry_nif` has the functions. A test holds the two lists together.

  @on_load :load

  @doc false
  def load do
    :package_registry_indexer
    |> Application.app_dir("priv/native/registry_nif")
    |> to_charlist()
    |> :erlang.load_nif(0)
  end

  # Words of the core, which the tests hold the documentation to
  def vocabulary, do: err()
  def limits_default, do: err()
  def import_limits_default, do: err()
  def purl_parse(_text), do: err()

  # Store
  def store_open(_path, _options), do: err()
  def store_close(_store), do: err()
  def store_delete(_store, _ecosystem, _name, _version), do: err()
  def store_stats(_store), do: err()
  def store_reindex(_store), do: err()
  def store_check(_store), do: err()
  def store_compact(_store), do: err()

  # Reads
  def get_package(_store, _ecosystem, _name), do: err()
  def get_release(_store, _ecosystem, _name, _version), do: err()
  def list_packages(_store, _opts), do: err()
  def snippets(_store, _ecosystem, _name, _version, _opts), do: err()
  def documents(_store, _ecosystem, _name, _version), do: err()
  def advisories(_store, _ecosystem, _name, _version), do: err()
  def advisory_report(_store, _ecosystem, _name, _version), do: err()
  def advisory_feeds(_store), do: err()
  def compare_api(_store, _ecosystem, _name, _from, _to), do: err()
  def search(_store, _text, _opts), do: err()
  def search_snippets(_store, _text, _opts), do: err()
  def similar(_store, _ecosystem, _name, _opts), do: err()

  # Answers that take more than one record
  def replacements(_store, _ecosystem, _name), do: err()
  def frameworks(_store, _ecosystem, _name), do: err()
  def quality(_store, _ecosystem, _name), do: err()
  def recommend_version(_store, _ecosystem, _name, _opts), do: err()
  def get_recommendations(_store, _purpose, _opts), do: err()
  def dependency_chain(_store, _ecosystem, _name, _version, _opts), do: err()
  def dependency_paths(_store, _ecosystem, _from, _to, _opts), do: err()
  def dependency_render(_tree, _format), do: err()
  def dependents(_store, _ecosystem, _name, _limit), do: err()

  # Collecting
  def indexer_new(_store, _config), do: err()
  def indexer_own(_indexer), do: err()
  def indexer_close(_indexer), do: err()
  def collect(_indexer, _request), do: err()
  def import_advisories(_indexer, _request), do: err()
  def refresh_advisories(_indexer, _request), do: err()
  def job_cancel(_job), do: err()

  defp err, do: :erlang.nif_error(:nif_not_loaded)
end
