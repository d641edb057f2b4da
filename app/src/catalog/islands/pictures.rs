//! The browser's half of the uploader: files in, requests out, the list of pictures replaced.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use market::Lang;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{
    DragEvent, Element, Event, File, FileList, FormData, HtmlElement, HtmlFormElement, HtmlInputElement,
    ProgressEvent, XmlHttpRequest,
};

use super::browser as b;
use super::uploader::Upload;
use crate::i18n::catalog as w;

struct Uploader {
    url: String,
    lang: Lang,
    max_bytes: u32,
    uploads: RwSignal<Vec<Upload>>,
    queue: RefCell<VecDeque<(Upload, File)>>,
    running: RefCell<Option<(u32, XmlHttpRequest)>>,
    next_key: Cell<u32>,
    dragged: RefCell<String>,
}

/// Connects the form, the drop zone and the list.
pub fn start(
    url: String,
    lang: Lang,
    max_bytes: u32,
    uploads: RwSignal<Vec<Upload>>,
    stop: RwSignal<Option<u32>>,
) {
    let (Some(zone), Some(list)) = (b::by_id("upload"), b::by_id("picture-list")) else { return };
    let uploader = Rc::new(Uploader {
        url,
        lang,
        max_bytes,
        uploads,
        queue: RefCell::default(),
        running: RefCell::default(),
        next_key: Cell::new(0),
        dragged: RefCell::default(),
    });
    watch_zone(&uploader, &zone);
    watch_list(&uploader, &list);
    Effect::new(move |_| {
        if let Some(key) = stop.get() {
            uploader.stop(key);
        }
    });
}

fn watch_zone(uploader: &Rc<Uploader>, zone: &Element) {
    // files go as soon as they are chosen: the button of the plain form is not needed
    if let Ok(Some(button)) = zone.query_selector("button") {
        let _ = button.set_attribute("hidden", "");
    }
    let this = uploader.clone();
    b::on(zone, "change", move |event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
            return;
        };
        if let Some(files) = input.files() {
            this.take(&files);
        }
        input.set_value("");
    });
    let shown = zone.clone();
    b::on(zone, "dragover", move |event| {
        event.prevent_default();
        let _ = shown.class_list().add_1("over");
    });
    let shown = zone.clone();
    b::on(zone, "dragleave", move |_| {
        let _ = shown.class_list().remove_1("over");
    });
    let (this, shown) = (uploader.clone(), zone.clone());
    b::on(zone, "drop", move |event| {
        event.prevent_default();
        let _ = shown.class_list().remove_1("over");
        let files =
            event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer).and_then(|data| data.files());
        if let Some(files) = files {
            this.take(&files);
        }
    });
}

fn watch_list(uploader: &Rc<Uploader>, list: &Element) {
    let this = uploader.clone();
    b::on(list, "submit", move |event| {
        let Some(form) = b::around(&event, "form").and_then(|form| form.dyn_into::<HtmlFormElement>().ok())
        else {
            return;
        };
        event.prevent_default();
        let act = b::submitter(&event)
            .and_then(|button| button.get_attribute("value"))
            .unwrap_or_else(|| "describe".into());
        let this = this.clone();
        spawn_local(async move { this.change(&form, &act).await });
    });
    let this = uploader.clone();
    b::on(list, "dragstart", move |event| *this.dragged.borrow_mut() = media_of(&event));
    b::on(list, "dragover", |event| event.prevent_default());
    let this = uploader.clone();
    b::on(list, "drop", move |event| {
        event.prevent_default();
        let (from, to) = (this.dragged.take(), media_of(&event));
        if !from.is_empty() && !to.is_empty() && from != to {
            let this = this.clone();
            spawn_local(async move { this.reorder(&from, &to).await });
        }
    });
}

fn media_of(event: &Event) -> String {
    b::around(event, "li").and_then(|item| item.get_attribute("data-media")).unwrap_or_default()
}

impl Uploader {
    fn take(self: &Rc<Self>, files: &FileList) {
        for file in (0..files.length()).filter_map(|n| files.get(n)) {
            let key = self.next_key.get();
            self.next_key.set(key + 1);
            let upload = Upload::waiting(key, file.name());
            self.uploads.update(|uploads| uploads.push(upload));
            let (size, max) = (file.size(), self.max_bytes);
            if size > f64::from(max) {
                upload.fail(w::upload_too_large(self.lang, whole(size / 1_048_576.0), max >> 20));
            } else {
                self.queue.borrow_mut().push_back((upload, file));
            }
        }
        self.next();
    }

    fn next(self: &Rc<Self>) {
        if self.running.borrow().is_some() {
            return;
        }
        let Some((upload, file)) = self.queue.borrow_mut().pop_front() else { return };
        if self.send(upload, &file).is_err() {
            upload.fail(w::upload_failed(self.lang).to_owned());
            self.next();
        }
    }

    fn send(self: &Rc<Self>, upload: Upload, file: &File) -> Result<(), JsValue> {
        let request = XmlHttpRequest::new()?;
        request.open("POST", &format!("{}?lang={}", self.url, self.lang.code()))?;
        let body = FormData::new()?;
        body.append_with_blob_and_filename("images", file, &file.name())?;
        let (lang, started) = (self.lang, js_sys::Date::now());
        b::on(&request.upload()?.into(), "progress", move |event| {
            if let Some(event) = event.dyn_ref::<ProgressEvent>() {
                show_progress(lang, upload, event, started);
            }
        });
        let (this, answered) = (self.clone(), request.clone());
        // `loadend` comes once, however it ended
        b::on(&request, "loadend", move |_| {
            this.running.take();
            this.finish(upload, &answered);
            this.next();
        });
        request.send_with_opt_form_data(Some(&body))?;
        *self.running.borrow_mut() = Some((upload.key(), request));
        Ok(())
    }

    fn finish(&self, upload: Upload, request: &XmlHttpRequest) {
        let status = request.status().unwrap_or(0);
        let answer = request
            .response_text()
            .ok()
            .flatten()
            .and_then(|text| js_sys::JSON::parse(&text).ok())
            .unwrap_or(JsValue::NULL);
        let list = b::text(&answer, "list");
        if !list.is_empty() {
            show_list(&list);
        }
        if status == 200 {
            self.forget(upload.key());
            return;
        }
        // the refusal names the file, which stands above it already
        let message = b::text(&answer, "message");
        let message = message.split_once(": ").map_or(message.as_str(), |(_, why)| why);
        let message = (!message.is_empty()).then(|| message.to_owned());
        upload.fail(message.or_else(|| b::said(&answer, self.lang.code())).unwrap_or_else(|| {
            let cut_off = status == 0;
            if cut_off { w::upload_failed(self.lang) } else { w::change_failed(self.lang) }.to_owned()
        }));
    }

    fn stop(&self, key: u32) {
        self.queue.borrow_mut().retain(|(upload, _)| upload.key() != key);
        let running = self
            .running
            .borrow()
            .as_ref()
            .filter(|(running, _)| *running == key)
            .map(|(_, request)| request.clone());
        if let Some(request) = running {
            // ends in `loadend`, which starts the next one
            let _ = request.abort();
        }
        self.forget(key);
    }

    fn forget(&self, key: u32) {
        self.uploads.update(|uploads| uploads.retain(|upload| upload.key() != key));
    }

    async fn change(&self, form: &HtmlFormElement, act: &str) {
        let url = form.get_attribute("data-api").unwrap_or_default();
        let Ok(fields) = FormData::new_with_form(form) else { return };
        let value = |name: &str| b::encode(&fields.get(name).as_string().unwrap_or_default());
        let body = format!("act={}&alt_ko={}&alt_en={}", b::encode(act), value("alt_ko"), value("alt_en"));
        self.post(&format!("{url}?lang={}", self.lang.code()), &body).await;
        // the same button again, where the picture stands now; or the next one when it is gone
        let media = url.rsplit('/').next().unwrap_or_default();
        let same = format!("#picture-list [data-media='{media}'] button[value={act}]");
        let focus = b::document().and_then(|page| {
            page.query_selector(&same).ok().flatten().or_else(|| page.get_element_by_id("images"))
        });
        if let Some(button) = focus.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            let _ = button.focus();
        }
    }

    async fn reorder(&self, from: &str, to: &str) {
        let Some(list) = b::by_id("picture-list") else { return };
        let mut order: Vec<String> =
            all(&list, "li").filter_map(|item| item.get_attribute("data-media")).collect();
        let Some(target) = order.iter().position(|media| media == to) else { return };
        order.retain(|media| media != from);
        order.insert(target.min(order.len()), from.to_owned());
        self.post(
            &format!("{}/order?lang={}", self.url, self.lang.code()),
            &format!("order={}", b::encode(&order.join(","))),
        )
        .await;
    }

    async fn post(&self, url: &str, body: &str) {
        let answer = b::fetch(url, Some(("application/x-www-form-urlencoded", body))).await;
        let (status, answer) = answer.unwrap_or((0, JsValue::NULL));
        if let Some(place) = b::by_id("picture-said") {
            let why = (status != 200)
                .then(|| b::said(&answer, self.lang.code()))
                .map(|why| why.unwrap_or_else(|| w::change_failed(self.lang).to_owned()));
            place.set_class_name(if why.is_some() { "small err" } else { "" });
            place.set_text_content(why.as_deref());
        }
        let list = b::text(&answer, "list");
        if !list.is_empty() {
            show_list(&list);
        }
    }
}

fn show_progress(lang: Lang, upload: Upload, event: &ProgressEvent, started: f64) {
    let (loaded, total) = (event.loaded(), event.total());
    if total <= 0.0 {
        return;
    }
    let percent = whole(loaded / total * 100.0).min(99);
    if loaded >= total {
        upload.progress(100, w::upload_working(lang).to_owned());
        return;
    }
    let seconds = (js_sys::Date::now() - started) / 1000.0;
    let left = whole(seconds / loaded.max(1.0) * (total - loaded));
    upload.progress(percent, w::upload_left(lang, percent, left));
}

/// Rounded up, for people; figures of the browser are never negative and never near the limit.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates")]
fn whole(figure: f64) -> u32 {
    figure.ceil() as u32
}

/// Finished HTML from our own server, made of escaped text. What was typed beside a picture and not saved is carried over, and
/// what stood open stands open.
fn show_list(html: &str) {
    let Some(list) = b::by_id("picture-list") else { return };
    let typed: Vec<(String, String)> = all(&list, "input[id]")
        .filter_map(|field| field.dyn_into::<HtmlInputElement>().ok())
        .filter(|field| field.value() != field.default_value())
        .map(|field| (field.id(), field.value()))
        .collect();
    let open: Vec<String> = all(&list, "details[open] input[id]").map(|field| field.id()).collect();
    list.set_inner_html(html);
    for (id, value) in typed {
        if let Some(field) = b::by_id(&id).and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
            field.set_value(&value);
        }
    }
    for id in open {
        if let Some(details) = b::by_id(&id).and_then(|field| field.closest("details").ok().flatten()) {
            let _ = details.set_attribute("open", "");
        }
    }
}

fn all(within: &Element, selector: &str) -> impl Iterator<Item = Element> {
    let found = within.query_selector_all(selector).ok();
    let count = found.as_ref().map_or(0, web_sys::NodeList::length);
    (0..count).filter_map(move |n| found.as_ref()?.get(n)?.dyn_into::<Element>().ok())
}
