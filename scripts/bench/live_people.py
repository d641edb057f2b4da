"""Puts people with sessions, and threads between some of them, into the empty database of 60_live.sh.

    live_people.py FOLDER STREAMS

writes sessions.txt (one token a line, eight streams a person at most) and threads.tsv (thread, last message, buyer's
token, vendor's token).
"""
import base64
import hashlib
import secrets
import sqlite3
import sys
import time
import uuid

folder, streams = sys.argv[1], int(sys.argv[2])
THREADS = 40
db = sqlite3.connect(f"{folder}/market.db")
now = int(time.time() * 1_000_000)
year = 365 * 86_400 * 1_000_000


def insert(table, **values):
    names = ", ".join(values)
    db.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(values))})", tuple(values.values()))


def person(name):
    identity, token = uuid.uuid4().bytes, base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()
    insert("users", id=identity, email=f"{name}@example.test", name=name, lang="ko", email_confirmed_at=now, created_at=now, updated_at=now, is_demo=0)
    insert("sessions", id=uuid.uuid4().bytes, user_id=identity, token_hash=hashlib.sha256(token.encode()).digest(), user_agent="bench",
           created_at=now, last_seen_at=now, expires_at=now + year)
    return identity, token


with db, open(f"{folder}/sessions.txt", "w") as sessions, open(f"{folder}/threads.tsv", "w") as threads:
    for number in range(-(-streams // 8)):
        sessions.write(person(f"reader{number}")[1] + "\n")
    for number in range(THREADS):
        (buyer, buyers), (staff, staffs) = person(f"buyer{number}"), person(f"staff{number}")
        vendor, listing, thread = (uuid.uuid4().bytes for _ in range(3))
        text = {name: "" for name in ("name_en", "representative", "address", "phone", "email", "intro_ko", "intro_en")}
        insert("vendors", id=vendor, slug=f"v{number}", business_number=str(number), state="approved", name_ko="가온", region="11",
               registry_status="active", created_at=now, updated_at=now, version=1, **text)
        insert("vendor_members", vendor_id=vendor, user_id=staff, role="staff", created_at=now)
        text = {name: "" for name in ("title_en", "description_ko", "description_en", "origin", "hs_code", "part_number")}
        insert("listings", id=listing, vendor_id=vendor, slug=f"l{number}", state="published", category="bolts", title_ko="육각볼트", specs="[]",
               unit="개", price_kind="negotiable", price_currency="KRW", price_tiers="[]", created_at=now, updated_at=now, version=1, **text)
        insert("threads", id=thread, listing_id=listing, vendor_id=vendor, buyer_id=buyer, state="waiting_vendor", subject="육각볼트", quantity="",
               lang="ko", due_at=now + year, created_at=now, last_message_at=now, message_count=1, vendor_read_seq=1, buyer_read_seq=1,
               vendor_last_seq=0, buyer_last_seq=1, version=1)
        insert("messages", id=uuid.uuid4().bytes, thread_id=thread, seq=1, side="buyer", author_id=buyer, kind="text", body="안녕하세요",
               data="{}", created_at=now)
        threads.write(f"{uuid.UUID(bytes=thread)}\t1\t{buyers}\t{staffs}\n")
