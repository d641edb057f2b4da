//! One form field: label, hint, error, input, counter, all tied together.

use leptos::prelude::*;
use market::Lang;

use crate::form::Form;
use crate::i18n::{common as w, problems};
use crate::ui::icon;

/// A text field in the making.
pub struct Field<'a> {
    name: &'a str,
    label: String,
    hint: Option<String>,
    kind: &'static str,
    autocomplete: Option<&'static str>,
    unit: Option<String>,
    max: Option<usize>,
    rows: Option<u32>,
    optional: bool,
    inputmode: Option<&'static str>,
    lang: Option<&'static str>,
}

impl<'a> Field<'a> {
    /// One line of text.
    pub fn text(name: &'a str, label: impl Into<String>) -> Self {
        Self {
            name,
            label: label.into(),
            hint: None,
            kind: "text",
            autocomplete: None,
            unit: None,
            max: None,
            rows: None,
            optional: false,
            inputmode: None,
            lang: None,
        }
    }

    /// An e-mail address.
    pub fn email(name: &'a str, label: impl Into<String>) -> Self {
        Self {
            kind: "email",
            autocomplete: Some("email"),
            inputmode: Some("email"),
            ..Self::text(name, label)
        }
    }

    /// A password; what was typed is never sent back. `autocomplete` is `current-password` or `new-password`.
    pub fn password(name: &'a str, label: impl Into<String>, autocomplete: &'static str) -> Self {
        Self { kind: "password", autocomplete: Some(autocomplete), ..Self::text(name, label) }
    }

    /// A telephone number.
    pub fn tel(name: &'a str, label: impl Into<String>) -> Self {
        Self { kind: "tel", autocomplete: Some("tel"), inputmode: Some("tel"), ..Self::text(name, label) }
    }

    /// A whole number or amount; separators are accepted.
    pub fn number(name: &'a str, label: impl Into<String>) -> Self {
        Self { inputmode: Some("decimal"), ..Self::text(name, label) }
    }

    /// A day, sent as `YYYY-MM-DD`.
    pub fn date(name: &'a str, label: impl Into<String>) -> Self {
        Self { kind: "date", ..Self::text(name, label) }
    }

    /// Several lines of text.
    pub fn area(name: &'a str, label: impl Into<String>, rows: u32) -> Self {
        Self { rows: Some(rows), ..Self::text(name, label) }
    }

    /// A sentence under the label.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// May stay empty.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { optional: true, ..self }
    }

    /// How many characters there may be. Nothing is cut; the server counts when it is too much.
    #[must_use]
    pub fn max(self, max: usize) -> Self {
        Self { max: Some(max), ..self }
    }

    /// A unit inside the box.
    #[must_use]
    pub fn unit(self, unit: impl Into<String>) -> Self {
        Self { unit: Some(unit.into()), ..self }
    }

    /// What browsers may fill in.
    #[must_use]
    pub fn autocomplete(self, token: &'static str) -> Self {
        Self { autocomplete: Some(token), ..self }
    }

    /// Language of the content, where it differs from the page's.
    #[must_use]
    pub fn content_lang(self, code: &'static str) -> Self {
        Self { lang: Some(code), ..self }
    }

    /// The field with its value and problem from `form`.
    pub fn view(self, lang: Lang, form: &Form) -> AnyView {
        form.typed(self.name, &self.label);
        let name = self.name.to_owned();
        let problem = form.problem(self.name).map(|p| problems::problem(lang, p));
        let value = if self.kind == "password" { String::new() } else { form.value(self.name).to_owned() };
        let count = self
            .max
            .map(|max| w::characters(lang, &market::money::grouped(i64::try_from(max).unwrap_or(i64::MAX))));
        let described = described_by(&name, self.hint.is_some(), problem.is_some(), count.is_some());
        let class = if problem.is_some() { "field has-err" } else { "field" };
        let input = self.input(&name, value, described, problem.is_some());
        view! {
            <div class=class>
                <label for=name.clone()>{self.label.clone()}{self.optional.then(|| view! { " "<span class="opt">{w::optional(lang)}</span> })}</label>
                {self.hint.clone().map(|hint| view! { <p class="hint" id=format!("{name}-hint")>{hint}</p> })}
                {problem.map(|text| error_line(&name, text))}
                {input}
                {count.map(|text| view! { <p class="count" id=format!("{name}-count")>{text}</p> })}
            </div>
        }
        .into_any()
    }

    fn input(&self, name: &str, value: String, described: Option<String>, wrong: bool) -> AnyView {
        let name = name.to_owned();
        let invalid = wrong.then_some("true");
        let required = (!self.optional).then_some("true");
        if let Some(rows) = self.rows {
            // Leptos writes the children of a textarea as they are, so what was typed is escaped here
            let value = crate::page::escape(&value);
            return view! {
                <textarea class="in" id=name.clone() name=name rows=rows lang=self.lang aria-invalid=invalid aria-required=required aria-describedby=described>
                    {format!("\n{value}")}
                </textarea>
            }
            .into_any();
        }
        let input = view! {
            <input class="in" id=name.clone() name=name type=self.kind value=value lang=self.lang inputmode=self.inputmode
                autocomplete=self.autocomplete aria-invalid=invalid aria-required=required aria-describedby=described />
        };
        match &self.unit {
            Some(unit) => view! { <div class="unit">{input}<span>{unit.clone()}</span></div> }.into_any(),
            None => input.into_any(),
        }
    }
}

fn described_by(name: &str, hint: bool, problem: bool, count: bool) -> Option<String> {
    let parts = [(hint, "hint"), (problem, "err"), (count, "count")];
    let ids: Vec<String> =
        parts.iter().filter(|(there, _)| *there).map(|(_, part)| format!("{name}-{part}")).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// What is wrong with a field, where the field is told to find it.
pub fn error_line(name: &str, text: String) -> AnyView {
    view! { <p class="err" id=format!("{name}-err")>{icon("circle-alert")}<span>{text}</span></p> }.into_any()
}

/// A list to choose one from; `options` are value and label.
pub fn select(lang: Lang, form: &Form, name: &str, label: &str, options: Vec<(String, String)>) -> AnyView {
    select_hinted(lang, form, name, (label, ""), options)
}

/// The same with a sentence under the label; none where it is empty.
pub fn select_hinted(
    lang: Lang,
    form: &Form,
    name: &str,
    (label, hint): (&str, &str),
    options: Vec<(String, String)>,
) -> AnyView {
    form.choice(name, label);
    let problem = form.problem(name).map(|p| problems::of_choice(lang, p));
    let described = described_by(name, !hint.is_empty(), problem.is_some(), false);
    let hint =
        (!hint.is_empty()).then(|| view! { <p class="hint" id=format!("{name}-hint")>{hint.to_owned()}</p> });
    let class = if problem.is_some() { "field has-err" } else { "field" };
    let chosen = form.value(name).to_owned();
    let invalid = problem.is_some().then_some("true");
    let options = options
        .into_iter()
        .map(|(value, label)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{label}</option> }
        })
        .collect::<Vec<_>>();
    view! {
        <div class=class>
            <label for=name.to_owned()>{label.to_owned()}</label>
            {hint}
            {problem.map(|text| error_line(name, text))}
            <select class="in" id=name.to_owned() name=name.to_owned() aria-invalid=invalid aria-describedby=described>{options}</select>
        </div>
    }
    .into_any()
}

/// A few choices, one of them (radios). `options` are value and label.
pub fn choices(lang: Lang, form: &Form, name: &str, legend: &str, options: Vec<(String, String)>) -> AnyView {
    form.choice(name, legend);
    let problem = form.problem(name).map(|p| problems::of_choice(lang, p));
    let class = if problem.is_some() { "choices has-err" } else { "choices" };
    let first = name.to_owned();
    let options = options
        .into_iter()
        .enumerate()
        .map(|(index, (value, label))| {
            let checked = form.chosen(name, &value);
            let id = if index == 0 { first.clone() } else { format!("{first}-{index}") };
            view! { <label class="check"><input type="radio" id=id name=first.clone() value=value checked=checked /><span>{label}</span></label> }
        })
        .collect::<Vec<_>>();
    view! {
        <fieldset class=class>
            <legend>{legend.to_owned()}</legend>
            {problem.map(|text| error_line(name, text))}
            {options}
        </fieldset>
    }
    .into_any()
}

/// One box to tick; the value sent is `yes`.
pub fn checkbox(lang: Lang, form: &Form, name: &str, label: AnyView) -> AnyView {
    let problem = form.problem(name).map(|p| problems::problem(lang, p));
    let described = described_by(name, false, problem.is_some(), false);
    let class = if problem.is_some() { "field has-err" } else { "field" };
    let checked = form.chosen(name, "yes");
    view! {
        <div class=class>
            {problem.map(|text| error_line(name, text))}
            <label class="check"><input type="checkbox" id=name.to_owned() name=name.to_owned() value="yes" checked=checked aria-describedby=described /><span>{label}</span></label>
        </div>
    }
    .into_any()
}
