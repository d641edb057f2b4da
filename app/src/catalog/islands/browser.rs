//! A few calls of the browser, shared by the islands of the editor.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, Event, EventTarget, HtmlElement, RequestInit, Response};

/// The page.
pub fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// An element of the page.
pub fn by_id(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// Listens as long as the page lives.
pub fn on(target: &EventTarget, event: &str, handler: impl FnMut(Event) + 'static) {
    let handler = Closure::<dyn FnMut(Event)>::new(handler);
    // refused only for a handler that is no function
    let _ = target.add_event_listener_with_callback(event, handler.as_ref().unchecked_ref());
    handler.forget();
}

/// The element an event happened on, or the nearest one around it that matches.
pub fn around(event: &Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok()?
}

/// The button that sent a form.
pub fn submitter(event: &Event) -> Option<HtmlElement> {
    js_sys::Reflect::get(event, &"submitter".into()).ok()?.dyn_into().ok()
}

/// A property of a JSON value as text; empty when absent.
pub fn text(value: &JsValue, name: &str) -> String {
    js_sys::Reflect::get(value, &name.into()).ok().and_then(|value| value.as_string()).unwrap_or_default()
}

/// What our server says of a refusal, in the language of the page; none where something else answered.
pub fn said(answer: &JsValue, lang: &str) -> Option<String> {
    Some(text(answer, lang)).filter(|words| !words.is_empty())
}

/// A property of a JSON value as a number.
pub fn number(value: &JsValue, name: &str) -> Option<f64> {
    js_sys::Reflect::get(value, &name.into()).ok()?.as_f64()
}

/// A part of an address or form body, encoded.
pub fn encode(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

/// Asks our server; gives the status and the JSON it answered with.
pub async fn fetch(url: &str, body: Option<(&str, &str)>) -> Result<(u16, JsValue), JsValue> {
    let init = RequestInit::new();
    if let Some((kind, content)) = body {
        init.set_method("POST");
        init.set_body(&content.into());
        let headers = web_sys::Headers::new()?;
        headers.set("content-type", kind)?;
        init.set_headers(&headers);
    }
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let response: Response = JsFuture::from(window.fetch_with_str_and_init(url, &init)).await?.dyn_into()?;
    let answer = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    Ok((response.status(), js_sys::JSON::parse(&answer).unwrap_or(JsValue::NULL)))
}
