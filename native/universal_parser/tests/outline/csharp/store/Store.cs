// Licence.
using System;
using Alias = System.Collections.Generic.List<int>;

[assembly: InternalsVisibleTo("Tests")]

namespace Org.Example.Stores;

/// <summary>
/// Keeps <typeparamref name="T"/> by key; see <see cref="Get(string)"/>.
/// </summary>
/// <remarks>Not &lt;thread&gt; safe.</remarks>
/// <typeparam name="T">What is kept.</typeparam>
[Serializable]
public abstract partial class Store<T> : IStore<T>, IDisposable
    where T : class, new()
{
    /// <summary>Most entries.</summary>
    public const int Max = 10, Min = 1;

    private static readonly string[] names =
    {
        "a",
    };

    /// <summary>Raised on change.</summary>
    public event EventHandler<ChangeArgs>? Changed, Gone;

    public event Action Custom { add { } remove { } }

    int secret;
    protected internal T? first = default;
    private protected int half;

    /// <summary>Makes one.</summary>
    /// <param name="size">How many.</param>
    protected Store(int size = 3) : base(size) { }

    static Store() { }

    ~Store() { }

    /// <summary>How many.</summary>
    public int Count { get; private set; } = 0;
    public virtual bool IsEmpty => Count == 0;
    public required string Name { get { return ""; } init { } }

    /// <summary>By key.</summary>
    public T? this[string key, int index = 0] { get => null; set { } }

    /// <summary>Gets <c>key</c>.</summary>
    /// <returns>It, or <see langword="null"/>.</returns>
    [Obsolete("Use the indexer.")]
    public T? Get(
        string key, // its name
        params int[] rest) => null;

    public override string ToString() => "";

    void IDisposable.Dispose() { }
    internal void Hidden() { }

    public static Store<T> operator +(Store<T> a, Store<T> b) => a;
    public static bool operator ==(Store<T> a, Store<T> b) => true;
    public static implicit operator int(Store<T> s) => 0;

#if NET8_0_OR_GREATER
    public async ValueTask<int> CountAsync<TKey>(TKey key) where TKey : notnull
    {
        int Local() => 1;
        return Local();
    }
#else
    public Task<int> CountAsync() => null;
#endif

    public struct Slot
    {
        public int Index;
        long size;
    }

    class Node { public Node Next; }
}

public partial class Store<T>
{
    public void More() { }
}

/// <summary>What stores do.</summary>
public interface IStore<out T>
{
    T? Get(string key);
    int Count { get; }
    static abstract IStore<T> Create();
    private void Helper() { }
    internal void Inside();
}

/// <summary>Compares.</summary>
public delegate int Comparer<in T>(T left, T right);

[Flags]
public enum Mode : byte
{
    /// <summary>Nothing.</summary>
    None = 0,
    [Obsolete] Read = 1 << 0,
    Größe,
}

class Defaults { public int X; }

/// <summary>An entry.</summary>
public record Entry<T>(string Key, [property: NotNull] T Value) : Base(Key)
{
    public int Age { get; init; }
}

public readonly record struct Point(double X, double Y);

public static class Extensions(int primary)
{
    public int broken = ;
    ???

    /// <summary>After the error.</summary>
    public static bool IsBig<T>(this IStore<T> store, ref readonly int limit) => true;
}

file class OnlyHere { }
