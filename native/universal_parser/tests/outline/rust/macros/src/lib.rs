/// Derives it.
#[proc_macro_derive(MyTrait, attributes(my))]
pub fn derive_my_trait(input: TokenStream) -> TokenStream { input }

/// An attribute.
#[proc_macro_attribute]
pub fn main(args: TokenStream, item: TokenStream) -> TokenStream { item }
