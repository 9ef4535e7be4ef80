//! The fields of a struct or of a variant: how they are read and built.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Fields, Ident, Member, Type, Visibility, parse_quote};

use super::attributes::{Attributes, Default, Place};
use super::case::Case;
use crate::errors::Errors;

/// One field.
pub(super) struct Field {
    pub(super) member: Member,
    vis: Visibility,
    pub(super) ty: Type,
    pub(super) name: String,
    pub(super) attributes: Attributes,
}

impl Field {
    /// Its name at the place of its type: an error about the type is then one error, however often it is found.
    fn at_type(&self) -> Member {
        let mut member = self.member.clone();
        match &mut member {
            Member::Named(name) => name.set_span(self.ty.span()),
            Member::Unnamed(index) => index.span = self.ty.span(),
        }
        member
    }
}

/// What kind of JSON the fields are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// An object.
    Object,
    /// An array.
    Array,
    /// What the only field is.
    Only,
    /// Nothing.
    Unit,
}

/// The fields of a struct or of a variant, without those that serde skips.
pub(super) struct Content {
    pub(super) fields: Vec<Field>,
    pub(super) form: Form,
    is_named: bool,
    /// Whether there are skipped fields, which a pattern must step over.
    has_skipped: bool,
}

impl Content {
    /// Fields of a variant are as public as the enum.
    pub(super) fn of_variant(fields: &Fields, case: Option<Case>, errors: &mut Errors) -> Self {
        Self::read_from(fields, case, false, true, errors)
    }

    pub(super) fn of_struct(
        fields: &Fields,
        case: Option<Case>,
        transparent: bool,
        errors: &mut Errors,
    ) -> Self {
        Self::read_from(fields, case, transparent, false, errors)
    }

    fn read_from(
        fields: &Fields,
        case: Option<Case>,
        transparent: bool,
        is_variant: bool,
        errors: &mut Errors,
    ) -> Self {
        let is_named = matches!(fields, Fields::Named(_));
        let is_newtype = fields.len() == 1 && !is_named;
        let mut kept = Vec::new();
        let mut has_skipped = false;
        for (member, field) in fields.members().zip(fields) {
            let attributes = Attributes::of(&field.attrs, Place::Field, errors);
            if attributes.skip {
                has_skipped = true;
                continue;
            }
            if let Some(at) = attributes.flatten.filter(|_| !is_named) {
                errors.push_with_help(at, "`flatten` needs a field with a name", "give the fields names");
            }
            let plain = match &member {
                Member::Named(name) => unraw(name),
                Member::Unnamed(index) => index.index.to_string(),
            };
            let name = attributes.rename.clone();
            let name =
                name.unwrap_or_else(|| case.map_or_else(|| plain.clone(), |case| case.of_field(&plain)));
            let vis = if is_variant { parse_quote!(pub) } else { field.vis.clone() };
            kept.push(Field { member, vis, ty: field.ty.clone(), name, attributes });
        }
        let form = match fields {
            _ if transparent || is_newtype => Form::Only,
            Fields::Named(_) => Form::Object,
            Fields::Unnamed(_) => Form::Array,
            Fields::Unit => Form::Unit,
        };
        if form == Form::Only && kept.len() != 1 {
            errors.push_with_help(
                fields.span(),
                "without other fields, one field must be there that is not skipped",
                "leave one field that is not skipped",
            );
        }
        Self { fields: kept, form, is_named, has_skipped }
    }

    /// The struct whose fields are expressions.
    pub(super) fn definition(&self, name: &Ident, generics: &syn::Generics) -> TokenStream {
        let (_, _, where_clause) = generics.split_for_impl();
        let fields = self.fields.iter().map(|Field { member, vis, ty, .. }| {
            let data = quote_spanned!(ty.span()=> <#ty as ::asl_core::expr::AslData>::Data);
            let ty = quote_spanned!(ty.span()=> ::asl_core::expr::Expr<#data>);
            match member {
                Member::Named(member) => quote!(#vis #member: #ty),
                Member::Unnamed(_) => quote!(#vis #ty),
            }
        });
        let parameters = &generics.params;
        // what no field uses is used here
        let marker = generics.params.iter().map(|parameter| match parameter {
            syn::GenericParam::Type(parameter) => {
                let ident = &parameter.ident;
                quote!(fn() -> #ident)
            }
            syn::GenericParam::Lifetime(parameter) => {
                let lifetime = &parameter.lifetime;
                quote!(&#lifetime ())
            }
            syn::GenericParam::Const(_) => quote!(()),
        });
        let marker = quote!(::core::marker::PhantomData<(#(#marker,)*)>);
        if self.is_named {
            quote!(pub struct #name<#parameters> #where_clause { #(#fields,)* #[doc(hidden)] pub __asl: #marker })
        } else {
            let fields = fields.map(|field| quote!(#field,));
            quote!(pub struct #name<#parameters>(#(#fields)* #[doc(hidden)] pub #marker) #where_clause;)
        }
    }

    /// A value of that struct, from one expression a field.
    fn value(&self, name: &Ident, values: impl Iterator<Item = TokenStream>) -> TokenStream {
        if self.is_named {
            let members = self.fields.iter().map(Field::at_type);
            quote!(#name { #(#members: #values,)* __asl: ::core::marker::PhantomData })
        } else {
            quote!(#name(#(#values,)* ::core::marker::PhantomData))
        }
    }

    /// The fields of the content that is at `base`, an `&Expression`.
    pub(super) fn read(&self, name: &Ident, base: &TokenStream, default: Option<&Default>) -> TokenStream {
        let names: Vec<&str> = self
            .fields
            .iter()
            .filter(|field| field.attributes.flatten.is_none())
            .map(|field| field.name.as_str())
            .collect();
        let values = self.fields.iter().zip(0_u32..).map(|(field, index)| {
            let Field { member, ty, name, .. } = field;
            let at = ty.span();
            let structure = quote_spanned!(at=> ::asl_core::expr::structure);
            match self.form {
                Form::Only => quote_spanned!(at=> ::asl_core::expr::Expr::from_tree(::core::clone::Clone::clone(#base))),
                Form::Array => quote_spanned!(at=> #structure::element(#base, #index)),
                Form::Unit => TokenStream::new(),
                Form::Object if field.attributes.flatten.is_some() => {
                    if is_map(ty) {
                        quote_spanned!(at=> #structure::rest(#base, &[#(#names),*]))
                    } else {
                        quote_spanned!(at=> ::asl_core::expr::Expr::from_tree(::core::clone::Clone::clone(#base)))
                    }
                }
                Form::Object => {
                    let literal = quote_spanned!(at=> ::asl_core::expr::AslData::literal);
                    match (&field.attributes.default, default) {
                        (Some(Default::OfType), _) => quote_spanned! {at=>
                            #structure::field_or(#base, #name, #literal(&<#ty as ::core::default::Default>::default()))
                        },
                        (Some(Default::Function(function)), _) => {
                            quote_spanned!(at=> #structure::field_or(#base, #name, #literal(&#function())))
                        }
                        (None, Some(Default::OfType)) => quote_spanned! {at=>
                            #structure::field_or(#base, #name, #literal(
                                &<Self as ::core::default::Default>::default().#member
                            ))
                        },
                        (None, Some(Default::Function(function))) => {
                            quote_spanned!(at=> #structure::field_or(#base, #name, #literal(&#function().#member)))
                        }
                        (None, None) => quote_spanned!(at=> #structure::field(#base, #name)),
                    }
                }
            }
        });
        self.value(name, values)
    }

    /// The content, an `Expression`, of the fields in `__asl_fields`; `start` is an object to begin with.
    pub(super) fn build(&self, start: Option<TokenStream>) -> TokenStream {
        let structure = quote!(::asl_core::expr::structure);
        match self.form {
            Form::Unit => start.map_or_else(|| quote!(#structure::null()), |start| quote!(#start.finish())),
            Form::Only => {
                let value = self.fields.first().map(|field| {
                    let (at, member) = (field.ty.span(), field.at_type());
                    quote_spanned!(at=> ::core::clone::Clone::clone(&__asl_fields.#member).into_value())
                });
                if let Some(start) = start { quote!(#start.merge(#value).finish()) } else { quote!(#value) }
            }
            Form::Array => {
                let parts = self.fields.iter().map(|field| {
                    let (at, ty, member) = (field.ty.span(), &field.ty, field.at_type());
                    quote_spanned!(at=> (
                        ::core::clone::Clone::clone(&__asl_fields.#member).into_value(),
                        <#ty as ::asl_core::expr::AslData>::SHAPE,
                    ))
                });
                quote!(#structure::elements([#(#parts),*]))
            }
            Form::Object => {
                let start = start.unwrap_or_else(|| quote!(#structure::Object::new()));
                let puts = self.fields.iter().map(|field| {
                    let (name, attributes, member) = (&field.name, &field.attributes, field.at_type());
                    let at = field.ty.span();
                    let value = quote_spanned!(at=> &__asl_fields.#member);
                    match attributes.left_out {
                        _ if attributes.flatten.is_some() => {
                            quote_spanned!(at=> .flatten(#value))
                        }
                        None => quote_spanned!(at=> .put(#name, #value)),
                        Some(left_out) => {
                            let left_out = left_out.tokens();
                            quote_spanned!(at=> .put_unless(#name, #value, #left_out))
                        }
                    }
                });
                quote!(#start #(#puts)*.finish())
            }
        }
    }

    /// The pattern of all fields, and the struct of their literals.
    pub(super) fn literal(&self, name: &Ident) -> (TokenStream, TokenStream) {
        let bound: Vec<Ident> = (0..self.fields.len())
            .zip(&self.fields)
            .map(|(place, field)| format_ident!("__asl_{}", place, span = field.ty.span()))
            .collect();
        let members = self.fields.iter().map(|field| &field.member);
        let rest = self.has_skipped.then(|| quote!(..));
        let pattern =
            if self.form == Form::Unit { quote!({}) } else { quote!({ #(#members: #bound,)* #rest }) };
        let values = bound.iter().map(
            |bound| quote_spanned!(bound.span()=> ::asl_core::expr::Expr::from_tree(::asl_core::expr::AslData::literal(#bound))),
        );
        (pattern, self.value(name, values))
    }
}

/// The name without `r#`.
pub(super) fn unraw(name: &Ident) -> String {
    let name = name.to_string();
    name.strip_prefix("r#").unwrap_or(&name).to_owned()
}

/// Whether flattened fields of this type are all that is left over.
fn is_map(ty: &Type) -> bool {
    last_name(ty).is_some_and(|name| name.contains("Map") || name == "Value")
}

/// The last word of a type's path.
pub(super) fn last_name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        Type::Reference(reference) => last_name(&reference.elem),
        Type::Group(group) => last_name(&group.elem),
        Type::Paren(paren) => last_name(&paren.elem),
        _ => None,
    }
}

/// A name for what stands beside a type.
pub(super) fn beside(name: &Ident, suffix: &str) -> Ident {
    Ident::new(&format!("{}{suffix}", unraw(name)), Span::call_site())
}
