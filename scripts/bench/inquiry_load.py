"""The load of 50_inquiries.sh: people ask, each about a listing of their own, so many of them a second. What is measured is
the time from sending the form to the answer that it is kept. A socket and no HTTP library: what the client itself takes
would stand beside a bare insert that has no client at all, so the same round trip with nothing behind it is printed, too.

  python3 inquiry_load.py BASE people.tsv PER_SECOND SECONDS
  prints "per_s p50_ms p99_ms refused round_trip_p50_ms round_trip_p99_ms"
"""

import queue
import socket
import sys
import threading
import time
import urllib.parse
import uuid

base, people_file, per_second, seconds = sys.argv[1:5]
address = urllib.parse.urlsplit(base)
per_second, seconds = int(per_second), int(seconds)
with open(people_file, encoding="utf-8") as lines:
    people = [line.split("\t") for line in lines.read().strip().split("\n")]


def connect():
    stream = socket.create_connection((address.hostname, address.port))
    stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return stream


def exchange(stream, request):
    """Sends one request and reads its whole answer; gives the head."""
    stream.sendall(request)
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += stream.recv(65536)
    head, _, body = answer.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
    while len(body) < length:
        body += stream.recv(65536)
    return head.decode()


def form(number):
    token, listing = people[number % len(people)][:2]
    words = f"M8 볼트 {number + 1}개의 단가와 납기를 알려 주세요. 도금은 아연이고 창원에서 받을 거예요."
    body = urllib.parse.urlencode({"body": words, "quantity": f"{number + 1}개", "idem": str(uuid.uuid4())}).encode()
    head = (
        f"POST /listings/{listing}/ask HTTP/1.1\r\nHost: {address.netloc}\r\nCookie: session={token}\r\n"
        "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def paced(count, request, accepted):
    """Sends `count` requests, so many a second, on as many connections as that takes; gives the times and the refusals."""
    waiting, took, refused = queue.SimpleQueue(), [], []

    def work():
        stream = connect()
        while (job := waiting.get()) is not None:
            number, text = job
            sent = time.perf_counter()
            head = exchange(stream, text)
            spent = time.perf_counter() - sent
            if not accepted(head):
                refused.append(number)
            elif number >= per_second:  # the first second warms connections and statements up
                took.append(spent * 1000)

    workers = [threading.Thread(target=work) for _ in range(16)]
    for worker in workers:
        worker.start()
    began = time.perf_counter()
    for number in range(count):
        text = request(number)
        due = began + number / per_second
        if (wait := due - time.perf_counter()) > 0:
            time.sleep(wait)
        waiting.put((number, text))
    for _ in workers:
        waiting.put(None)
    for worker in workers:
        worker.join()
    return sorted(took), len(refused), time.perf_counter() - began


def at(ordered, share):
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0


bare = f"GET /livez HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n".encode()
trips, _, _ = paced(per_second * 6, lambda _: bare, lambda head: " 200 " in head)
# only a thread is an answer; a mail to confirm would be another way
asked, refused, whole = paced(per_second * (seconds + 1), form, lambda head: " 303 " in head and "thread=" in head)
print(
    f"{len(asked) / (whole - 1):.1f} {at(asked, 0.5):.2f} {at(asked, 0.99):.2f} {refused}"
    f" {at(trips, 0.5):.2f} {at(trips, 0.99):.2f}"
)
