//! The form element: its address, its key, the summary of what is wrong, its buttons.

use leptos::prelude::*;
use market::Lang;
use uuid::Uuid;

use crate::context::Req;
use crate::form::{DESK, Form, IDEM, desk_of};
use crate::i18n::{common as w, problems};

/// A form that posts to `action` (this page, as a rule). Starts with the error summary.
pub fn form(lang: Lang, form: &Form, action: &str, content: AnyView) -> AnyView {
    view! {
        <form method="post" action=action.to_owned() class="form" novalidate>
            {error_summary(lang, form)}
            {key(form)}
            {content}
        </form>
    }
    .into_any()
}

/// The same for a form that may carry files.
pub fn form_with_files(lang: Lang, form: &Form, action: &str, content: AnyView) -> AnyView {
    view! {
        <form method="post" action=action.to_owned() enctype="multipart/form-data" class="form" novalidate>
            {error_summary(lang, form)}
            {key(form)}
            {content}
        </form>
    }
    .into_any()
}

/// The key of a form that is put together elsewhere.
pub fn key(form: &Form) -> AnyView {
    view! {
        <input type="hidden" name=IDEM value=form.idem.to_string() />
        {form.desk.map(desk_field)}
    }
    .into_any()
}

/// The key of a form of one button that stands beside others.
pub fn fresh_key(req: &Req) -> AnyView {
    view! {
        <input type="hidden" name=IDEM value=req.cx.new_id().to_string() />
        {desk_of(req).map(desk_field)}
    }
    .into_any()
}

fn desk_field(company: Uuid) -> AnyView {
    view! { <input type="hidden" name=DESK value=company.to_string() /> }.into_any()
}

/// The list of what is wrong; each line leads to its field.
pub fn error_summary(lang: Lang, form: &Form) -> Option<AnyView> {
    if form.errors.is_empty() {
        return None;
    }
    let lines = form
        .errors
        .0
        .iter()
        .map(|error| {
            let words = problems::problem(lang, &error.problem);
            let name = problems::field_name(lang, &error.field);
            let text = if name.is_empty() { words } else { format!("{name}: {words}") };
            if error.field.is_empty() || error.field == IDEM {
                view! { <li>{text}</li> }.into_any()
            } else {
                view! { <li><a href=format!("#{}", error.field)>{text}</a></li> }.into_any()
            }
        })
        .collect::<Vec<_>>();
    let view = view! {
        <div class="errors" role="alert" tabindex="-1" autofocus aria-labelledby="error-summary">
            <h2 id="error-summary">{w::error_summary(lang)}</h2>
            <ul>{lines}</ul>
        </div>
    };
    Some(view.into_any())
}

/// The main button of a form.
pub fn submit(label: &str) -> AnyView {
    view! { <button class="btn btn-primary btn-big">{label.to_owned()}</button> }.into_any()
}

/// A button for what cannot be undone; `name` and `value` tell the handler which one was pressed.
pub fn danger_button(name: &str, value: &str, label: &str) -> AnyView {
    view! { <button class="btn btn-danger" name=name.to_owned() value=value.to_owned()>{label.to_owned()}</button> }.into_any()
}
