//! Pictures of a listing.

use super::*;

both_databases!(pictures_are_added_moved_described_and_removed, |db: Db| async move {
    let ground = Ground::new(db).await;
    let id = ground.draft().await;
    let media = ground.test.media.clone();
    let cx = &ground.owner;
    let mut added = Vec::new();
    for n in 0..10_u8 {
        let mut upload = images::begin(cx, id).await.unwrap();
        upload.write(&[n; 40]).await.unwrap();
        added.push(images::add(cx, id, upload.finish().await.unwrap()).await.unwrap().media_id);
    }
    let full = images::begin(cx, id).await.unwrap_err();
    assert!(
        matches!(full, images::AddImageError::Failed(error) if matches!(error.kind, ErrorKind::Invalid(_)))
    );
    assert_eq!(media.hashes().len(), 10);
    images::shift(cx, id, added[0], images::Move::Down).await.unwrap();
    images::shift(cx, id, added[1], images::Move::Up).await.unwrap();
    images::describe(cx, id, added[1], "육각볼트 앞면", "Front").await.unwrap();
    let key = cx.new_id();
    for _press in 0..2 {
        let remove = async |cx: Cx| images::remove(&cx, id, added[2]).await;
        crate::idempotency::once(cx, key, "remove", remove).await.unwrap();
    }
    images::reorder(cx, id, &[added[9]]).await.unwrap();
    let editing = service::open_editor(cx, id).await.unwrap();
    let order: Vec<Uuid> = editing.images.iter().map(|image| image.media_id).collect();
    assert_eq!(order[..3], [added[9], added[1], added[0]]);
    assert_eq!((order.len(), editing.images[1].alt_ko.as_str()), (9, "육각볼트 앞면"));
    assert!(editing.images[0].srcset().contains("/160 160w"));
    ground.test.clock.advance(2 * HOUR);
    outbox::drain(&ground.test.market).await.unwrap();
    assert_eq!(media.hashes().len(), 9, "the file goes with its last row");
});

both_databases!(pictures_of_another_listing_do_not_exist, |db: Db| async move {
    let ground = Ground::new(db).await;
    let cx = &ground.owner;
    let picture = async |cx: &Cx, id: Uuid, n: u8| {
        let mut upload = images::begin(cx, id).await.unwrap();
        upload.write(&[n; 40]).await.unwrap();
        images::add(cx, id, upload.finish().await.unwrap()).await.unwrap().media_id
    };
    let (id, sibling) = (ground.draft().await, ground.draft().await);
    let own = [picture(cx, id, 1).await, picture(cx, id, 2).await, picture(cx, id, 3).await];
    let of_sibling = picture(cx, sibling, 4).await;
    let strange =
        service::create_draft(&ground.stranger, ground.other_vendor, "볼트 이름", None).await.unwrap();
    let of_stranger = picture(&ground.stranger, strange, 5).await;
    for foreign in [of_sibling, of_stranger, cx.new_id()] {
        let refused = [
            images::remove(cx, id, foreign).await,
            images::shift(cx, id, foreign, images::Move::Up).await,
            images::describe(cx, id, foreign, "볼트", "").await,
            images::reorder(cx, id, &[foreign]).await,
            images::reorder(cx, id, &[own[2], foreign]).await,
        ];
        for result in refused {
            assert_eq!(result.unwrap_err().kind, ErrorKind::NotFound);
        }
    }
    images::reorder(cx, id, &[own[2]]).await.unwrap();
    let after = [own[2], own[0], own[1]];
    let editing = service::open_editor(cx, id).await.unwrap();
    assert!(editing.images.iter().map(|image| image.media_id).eq(after));
    assert_eq!(service::open_editor(cx, sibling).await.unwrap().images.len(), 1);
    let mut db = cx.read().await.unwrap();
    let rows = crate::audit::list_for_object(&mut db, "listing", id).await.unwrap();
    let row = rows.iter().find(|row| row.action == "listing.reorder_images").unwrap();
    assert_eq!(row.data, serde_json::json!({ "order": after }).to_string(), "the order that came of it");
});

both_databases!(refused_pictures_leave_nothing_behind, |db: Db| async move {
    let ground = Ground::new(db).await;
    let id = ground.draft().await;
    let (media, cx) = (ground.test.media.clone(), &ground.owner);
    let upload = async |n: u8| {
        let mut upload = images::begin(cx, id).await.unwrap();
        upload.write(&[n; 40]).await.unwrap();
        upload.finish().await.unwrap()
    };
    for n in 0..9_u8 {
        images::add(cx, id, upload(n).await).await.unwrap();
    }
    // four begin while there is room for one
    let [one, two, three, four] = [upload(10).await, upload(11).await, upload(12).await, upload(13).await];
    let (a, b, c, d) = tokio::join!(
        images::add(cx, id, one),
        images::add(cx, id, two),
        images::add(cx, id, three),
        images::add(cx, id, four)
    );
    let taken = [a, b, c, d].iter().filter(|result| result.is_ok()).count();
    assert_eq!(taken, 1, "one place, one picture");
    assert_eq!(service::open_editor(cx, id).await.unwrap().images.len(), 10);
    ground.test.clock.advance(2 * HOUR);
    outbox::drain(&ground.test.market).await.unwrap();
    assert_eq!(media.hashes().len(), 10, "what was refused is not kept");
});

both_databases!(a_picture_that_reached_no_listing_is_swept_up, |db: Db| async move {
    use crate::catalog::unused_images::sweep;
    use crate::ports::media::MediaStore as _;
    let ground = Ground::new(db).await;
    let id = ground.draft().await;
    let (media, cx) = (ground.test.media.clone(), &ground.owner);
    let mut upload = images::begin(cx, id).await.unwrap();
    upload.write(&[1; 40]).await.unwrap();
    let shown = images::add(cx, id, upload.finish().await.unwrap()).await.unwrap();
    // as if the process had ended before it was written down whose picture it is
    media.put_bytes(&[2; 40]).await.unwrap();
    let site = ground.test.market.system();
    assert_eq!(sweep(&site).await.unwrap(), 1);
    assert_eq!(media.hashes(), [shown.hash]);
    assert_eq!(sweep(&site).await.unwrap(), 0);
});

both_databases!(a_sweep_asks_about_many_pictures_at_once, |db: Db| async move {
    use crate::catalog::unused_images::sweep;
    use crate::db::counting_statements;
    use crate::ports::media::MediaStore as _;
    let ground = Ground::new(db).await;
    let id = ground.draft().await;
    let (media, cx) = (ground.test.media.clone(), &ground.owner);
    let mut shown = Vec::new();
    for n in 0..3_u8 {
        let mut upload = images::begin(cx, id).await.unwrap();
        upload.write(&[n; 40]).await.unwrap();
        shown.push(images::add(cx, id, upload.finish().await.unwrap()).await.unwrap().hash);
    }
    for n in 100..142_u8 {
        media.put_bytes(&[n; 40]).await.unwrap();
    }
    let site = ground.test.market.system();
    let (gone, statements) = counting_statements(async { sweep(&site).await.unwrap() }).await;
    // 45 in three pieces, and the 42 that went in three more
    assert_eq!((gone, statements), (42, 6));
    let left = media.hashes();
    assert!(left.len() == 3 && shown.iter().all(|hash| left.contains(hash)));
});
