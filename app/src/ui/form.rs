//! The form element: its address, its key, the summary of what is wrong, its buttons.

use leptos::prelude::*;
use market::{FieldError, Lang};
use uuid::Uuid;

use crate::context::Req;
use crate::form::{DESK, Form, IDEM, desk_of};
use crate::i18n::{common as w, problems};
use crate::ui::{Tone, notice};

/// A form that posts to `action` (this page, as a rule). Starts with the error summary, in the words of the labels in
/// `content`.
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

/// What is wrong with the whole, or the list of what is wrong; each line leads to its field and calls it what its label does.
pub fn error_summary(lang: Lang, form: &Form) -> Option<AnyView> {
    if form.errors.is_empty() {
        return form.notice.as_ref().map(|text| notice(Tone::Bad, text));
    }
    let lines = form
        .errors
        .0
        .iter()
        .map(|error| {
            let text = error_text(lang, form, error);
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

/// One line of the summary: `품목 2 · 단가: 적어 주세요.`
fn error_text(lang: Lang, form: &Form, error: &FieldError) -> String {
    let shown = form.names.of(&error.field);
    let words = match &shown {
        Some(name) if name.chosen => problems::of_choice(lang, &error.problem),
        _ => problems::problem(lang, &error.problem),
    };
    let name = shown.map_or_else(|| problems::field_name(lang, &error.field).to_owned(), |name| name.label);
    match name.as_str() {
        "" => words,
        // a question is its own stop
        question if question.ends_with('?') => format!("{question} {words}"),
        label => format!("{label}: {words}"),
    }
}

/// First in a form with several buttons: what Enter in a field presses. Without it that would be the first button, which
/// adds or takes away something.
pub fn on_enter(name: &'static str, value: &'static str, label: &str) -> AnyView {
    view! { <button class="vh" name=name value=value tabindex="-1" aria-hidden="true">{label.to_owned()}</button> }.into_any()
}

/// The main button of a form.
pub fn submit(label: &str) -> AnyView {
    view! { <button class="btn btn-primary btn-big">{label.to_owned()}</button> }.into_any()
}

/// A button for what cannot be undone; `name` and `value` tell the handler which one was pressed.
pub fn danger_button(name: &str, value: &str, label: &str) -> AnyView {
    view! { <button class="btn btn-danger" name=name.to_owned() value=value.to_owned()>{label.to_owned()}</button> }.into_any()
}

/// A button that first says what it does: the words open, and the button that does it stands below them. `said` is what
/// opens it, for the eye and for the ear.
pub fn asked_first(said: (&str, String), text: &str, (name, value): (&str, &str)) -> AnyView {
    let (label, spoken) = said;
    view! {
        <details class="asked">
            <summary class="link-btn bad" aria-label=spoken>{label.to_owned()}</summary>
            <p class="small mt-1 mb-2">{text.to_owned()}</p>
            {danger_button(name, value, label)}
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use market::{FieldErrors, Lang, Problem};
    use uuid::Uuid;

    use super::*;
    use crate::form::{Names, Submitted};
    use crate::ui::{Field, choices};

    #[test]
    fn the_summary_calls_a_field_what_its_label_does() {
        let mut errors = FieldErrors::new();
        for field in ["body", "price", "price-2", "reason", "email", "how"] {
            errors.add(field, Problem::Required);
        }
        let values = Submitted::default();
        let blank =
            Form { values, errors, notice: None, idem: Uuid::nil(), desk: None, names: Names::default() };
        let second = blank.within("품목 2");
        let content = view! {
            {Field::area("body", "궁금한 점", 2).view(Lang::Ko, &blank)}
            {Field::number("price", "단가").view(Lang::Ko, &blank)}
            {Field::number("price-2", "단가").view(Lang::Ko, &second)}
            {Field::text("how", "어떻게 쓰나요?").view(Lang::Ko, &blank)}
            {choices(Lang::Ko, &blank, "reason", "이유", vec![("a".into(), "가".into())])}
        };
        let page = form(Lang::Ko, &blank, "/", content.into_any()).to_html();
        for line in [
            "#body\">궁금한 점: 적어 주세요.<",
            "#price\">단가: 적어 주세요.<",
            "#price-2\">품목 2 · 단가: 적어 주세요.<",
            "#reason\">이유: 골라 주세요.<",
            "#how\">어떻게 쓰나요? 적어 주세요.<",
            "#email\">이메일: 적어 주세요.<",
        ] {
            assert!(page.contains(line), "{line}: {page}");
        }
        assert_eq!(page.matches("골라 주세요.").count(), 2, "in the summary and beside the field");
    }
}
