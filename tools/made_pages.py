#!/usr/bin/env python3
"""made_pages.py OUT COUNT SEED SHARED: pages that run stories together, for tools/train_cut: real stories of the sets
segments and newsmeta (dev halves) in lay-outs made up here. Every page draws its own lay-out; same arguments, same pages.
The format is that of the set `segments`."""
import json, pathlib, random, re, sys

NAMES = "Ana Ben Chidi Dora Emil Farah Gita Hugo Ines Jonas Kemal Lena Musa Nora Otto Paula Quin Rosa Said Tara Umar Vera Wen Yara Zoe".split()
LAST = "Adeyemi Berg Costa Dlamini Eriksen Fofana Garcia Haddad Ito Jensen Kovacs Lindt Moreau Nkosi Okafor Petrov Quispe Rossi Silva Tanaka Ueda Vogel Weber Xu Yilmaz Zhang".split()
CITY = "Geneva Lagos Lima Cairo Delhi Bogota Hanoi Riga Quito Accra Seoul Oslo Perth Tunis".split()
AGENCY = "AFP|AP|Reuters|EPA|dpa|Agency|Agencies|Getty Images|Xinhua|ANSA|PTI|Staff|Handout|Courtesy".split("|")
MONTH = "January February March April May June July August September October November December".split()
SECTION = ("World|Politics|Business|Sport|Sports|Opinion|Culture|Tech|Technology|Health|Science|Travel|Africa|Asia|Europe|Americas|"
           "Middle East|Economy|Local|National|Climate|Weather|Money|Life|Style|Video|Podcasts|Arts|Books|Crime|Education|Breaking|"
           "Exclusive|Premium|Analysis|Explainer|Live|Long read|Letters|Nachrichten|Politik|Wirtschaft|Monde|Mundo|Deportes").split("|")
WIDGET = ("Share|Share this article|Save|Save for later|Print this page|Print|Email|E-mail this|Copy link|Listen to this article|"
          "Listen|Text size|Font size A- A+|A A A|TT|Aa|Bookmark|Gift article|Add to list|Follow|Follow this topic|Facebook|Twitter|X|"
          "WhatsApp|Telegram|LinkedIn|Facebook Twitter|Facebook Twitter LinkedIn Email|Tweet|Pin it|Reddit|Comment|Comments|View comments|"
          "Leave a comment|Join the discussion|Advertisement|ADVERTISEMENT|Ad|Sponsored content|Article continues below|Story continues below|"
          "Story continues after the advertisement|Continue reading the main story|Scroll to continue|Sign up for the daily newsletter|"
          "Get our free app|Support independent journalism|Become a member today|Start your free trial|Subscribe to read on|"
          "Log in to continue|Register for free|Already a member? Sign in|Turn on notifications|Play video|Watch|0:00 / 2:31|Loading...|"
          "Close|Menu|Next|Previous|Next story|Next article|Up next|Load more|See all|More|Back|Report an error|Report a typo|Was this useful?|"
          "Yes No|Rate this|Translate|Read in another language|Hide caption|toggle caption|Enlarge this image|Open image in gallery|"
          "View image in full screen|Photo|Image|Gallery|1 / 5|Slide 1 of 4|Anzeige|Teilen|Drucken|Merken|Partager|Imprimer|Compartir|Imprimir|"
          "Publicidad|Publicité|Lire plus tard|Guardar|Werbung|Kommentare|Commenter").split("|")
END = ("Follow us for more|Read the full story|Read more on our site|Read it here|Full story|Continue to article|More to follow|"
       "This story has been updated|Send tips to the news desk|Have a tip? Write to us|Our standards|Editorial code|Reprints|Rights and permissions|"
       "The views expressed are the author's own|Get in touch|Was this article helpful?|Back to top|Top|Permalink|Link|Source|END|ENDS|—ENDS—|"
       "Mehr zum Thema|Zum Artikel|Lire la suite|Leer más|Subscribe now|Don't miss a story|Support us").split("|")
RELATED = ("Related|Related stories|Related articles|More on this|More stories|Read next|Recommended|Recommended for you|You may also like|"
           "Most read|Popular|Trending|Editors' picks|Also in the news|In other news|Mehr|Weitere Artikel|A lire aussi|Te puede interesar").split("|")
INLINE = ("Read more: |READ MORE: |Read also: |Related: |See also: |Also read: |MORE: |Watch: |In pictures: |Explainer: |Don't miss: |> |» |* |• |- |"
          "Lesen Sie auch: |Lire aussi : |").split("|")
SEP = ["* * *", "***", "---", "-----", "________", "#", "###", "=====", "~", "• • •", "- - -", "[...]", "/ / /"]
HEAD = ("Skip to main content|Menu|Search|Log in|Sign in|Subscribe|Home|News|Latest|My account|Edition: International|Live TV|Radio|E-paper|"
        "Today's paper|Newsletters|Good evening, here are today's stories.|The Morning Round-up|Today's headlines|In this issue|Contents|"
        "Welcome back|Cookie settings|Accept all|Startseite|Accueil|Portada").split("|")
FOOT = ("Terms of use|Privacy policy|Contact us|About us|Advertise with us|Copyright 2023 All rights reserved|© 2025 The Company|Careers|Help|"
        "Sitemap|Cookie policy|Unsubscribe from this list|You are receiving this because you signed up|Back to top|Follow us on social media|"
        "Terms | Privacy | Cookies|Impressum|Mentions légales|Aviso legal|Powered by a publishing system|View in browser").split("|")
WORD = ("house river open second paper light small green north center option update round table first value early point review daily "
        "guide field watch plain quick total local event later group panel sound notes forum board tools press start index entry").split()


def stories(shared):
    out, seen = [], set()
    for line in open(shared / "data/segments/pages.jsonl", encoding="utf-8"):
        page = json.loads(line)
        raw = page["text"].encode()
        for s in page["stories"]:
            if s["title"].casefold() in seen:
                continue
            seen.add(s["title"].casefold())
            body = [" ".join(raw[a:b].decode().split()) for a, b in s["body"]]
            out.append((s["title"], body, [raw[a:b].decode() for a, b in s["captions"]][:1]))
    for line in open(shared / "data/newsmeta/truth.jsonl", encoding="utf-8"):
        row = json.loads(line)
        body = list(row["body"]["summary"])
        for part in row["body"]["sections"]:
            body += part["headline"] + part["paragraphs"]
        body = [" ".join(p.split()) for p in body if p.split()]
        if row["title"] and len(body) > 3 and row["title"].casefold() not in seen:
            seen.add(row["title"].casefold())
            out.append((" ".join(row["title"].split()), body, [" ".join(c.split()) for c in row["captions"] if c.split()][:2]))
    return out


class Draw(random.Random):
    def may(self, p):
        return self.random() < p

    def name(self):
        return self.choice(NAMES) + " " + self.choice(LAST)

    def day(self):
        d, m, y = self.randint(1, 28), self.choice(MONTH), self.randint(2010, 2026)
        clock = "%02d:%02d" % (self.randrange(24), self.randrange(60))
        return self.choice(["%s %d, %d" % (m, d, y), "%d %s %d" % (d, m, y), "%s. %d, %d" % (m[:3], d, y), "%d %s %d %s" % (d, m[:3], y, clock),
                            "%04d-%02d-%02d" % (y, self.randint(1, 12), d), "%02d/%02d/%d" % (d, self.randint(1, 12), y),
                            "%d.%d.%d, %s" % (d, self.randint(1, 12), y, clock), "%s %d, %d at %s" % (m, d, y, clock)])

    def phrase(self):
        """A line of the page that no list of phrases knows."""
        text = " ".join(self.choice(WORD) for _ in range(self.randint(1, 5)))
        return self.choice([text.capitalize(), text.title(), text.upper(), text])


def meta_maker(r):
    """How this page signs and dates its stories."""
    kind = r.randrange(14)
    pre = r.choice(["By ", "BY ", "Written by ", "Reported by ", "Words: ", "Text: ", "Von ", "Por ", "Par ", "", "Author: ", "Story by "])
    upd = r.choice(["Published ", "Published: ", "Updated: ", "Posted on ", "Posted ", "Last updated ", "", "First published: ", "Date: "])
    tail = r.choice(["", "", " GMT", " IST", " | 3 min read", " ET"])

    def make():
        who, day = pre + r.name(), upd + r.day() + tail
        if kind < 3:
            return [who]
        if kind < 5:
            return [day]
        if kind < 7:
            return [who, day]
        if kind == 7:
            return [who + r.choice([" | ", " - ", ", ", " • "]) + day]
        if kind == 8:
            return [day, who]
        if kind == 9:
            return [who + r.choice([" in ", ", "]) + r.choice(CITY), day]
        if kind == 10:
            return [r.name(), r.choice(["Staff Writer", "Correspondent", "Political editor", r.choice(CITY), "News Service"])]
        return [who + " and " + r.name()] if kind == 11 else [r.name()]
    return make


def caption_of(r, story, style):
    first = re.split(r"(?<=[.!?])\s", story[1][0 if r.may(.4) else r.randrange(len(story[1]))])[0]
    text = story[2][0] if story[2] and r.may(.6) else first if len(first) < 200 else " ".join(first.split()[:r.randint(9, 18)])
    if r.may(.35):  # what agencies write below pictures
        text = "%s %s in %s%s" % (r.choice(["People", "A man", "Workers", "Officials", "Police", "A view of the square", "Supporters", r.name()]),
                                  r.choice(["stand", "wait", "gather", "speaks", "walk past the scene", "attends a meeting"]), r.choice(CITY),
                                  r.choice([", on " + r.day(), " " + r.day(), "."]))
    if r.may(.3):
        text = " ".join(text.split()[:r.randint(6, 16)])
    text = text.rstrip(".,") + r.choice([".", "."] + [""])
    who = r.choice(AGENCY)
    return {0: text, 1: text + " (" + who + ")", 2: text + " Photo: " + who, 3: "Photo: " + text, 4: "Image caption, " + text,
            5: text + " [" + who + "]", 6: text + " " + r.name() + "/" + who, 7: text + " | " + r.name(), 8: text + " © " + who,
            9: "(Photo by " + r.name() + "/" + who + ") " + text}[style]


def teaser(r, story):
    return [story[0], " ".join(story[1][0].split()[:r.randint(12, 40)]) + r.choice(["...", "…", "", " [...]"])] + \
        ([r.choice(["Continue reading", "Read more", "Read on", "More", "Full story", "Weiterlesen"])] if r.may(.6) else [])


class Page:
    def __init__(self, r, pool, wanted):
        self.r, self.lines, self.junk = r, [], []
        picked = r.sample(pool, min(len(pool), wanted + 4))
        self.tell, self.spare = picked[:wanted], picked[wanted:]
        if r.may(.12) and wanted > 2:
            self.tell.insert(r.randint(1, len(self.tell)), self.tell[r.randrange(len(self.tell) - 1)])
        self.layout()

    def widgets(self, p, most):
        r = self.r
        if not r.may(p):
            return []
        out = []
        for _ in range(r.randint(1, most)):
            out.append(r.phrase() if r.may(.25) else r.choice(WIDGET))
        return out

    def layout(self):
        r = self.r
        self.plain = r.may(.25)  # titles and text, nothing else
        rich = 0 if self.plain else 1
        self.copies = r.choice([1, 1, 1, 2, 2, 2, 3]) if rich else r.choice([1, 1, 1, 1, 2])
        self.apart = r.choice([[], [], [], ["caption"], ["widget"], ["caption", "widget"], ["meta"]]) if rich else []
        self.number = r.choice(["%d. ", "%d) ", "%d - "]) if r.may(.08) else ""
        self.shout = r.choice([0, 0, 0, 0, .35, 1]) if self.copies == 1 else r.choice([0, 0, 0, .3])
        self.meta = meta_maker(r)
        self.meta_at = r.choice(["", "", "before", "after", "after", "after", "end"]) if rich else ""
        self.caption = r.choice([0, 0, 1, 1, 2, 2]) if rich else 0
        self.caption_style = r.randrange(10)
        self.caption_p = r.choice([.5, 1, 1])
        self.caption_at = r.choice(["title", "title", "title", "meta", "body", "first"])
        self.kicker = r.choice(["", "", "", "", "section", "crumb", "slug", "fixed", "date"]) if rich else ""
        self.fixed = r.phrase() if r.may(.5) else r.choice(WIDGET)
        self.before, self.between = self.widgets(.3 * rich, 3), self.widgets(.5 * rich, 2)
        self.after, self.after_meta = self.widgets(.25 * rich, 3), self.widgets(.2 * rich, 2)
        self.inside = self.widgets(.35 * rich, 2)
        self.inside_every = r.choice([2, 3, 3, 5])
        self.end = self.widgets(.45 * rich, 3) if r.may(.6) else [r.choice(END) for _ in range(r.randint(1, 3))] * rich
        self.counted = r.choice([None, None, "Comments (%d)", "%d comments", "%d shares", "%d min read", "%d Kommentare", "Views: %d"]) if rich else None
        self.counted_at = r.choice(["end", "after", "before"])
        self.loose = r.may(.3 * rich)
        self.sep = r.choice(SEP) if r.may(.12 if rich else .06) else ""
        self.inline = r.choice(INLINE) if r.may(.35 * rich) else ""
        self.inline_bare = r.may(.1 * rich)
        self.bullet = r.choice(["", "", "* ", "- ", "• ", "> ", "» "])
        self.box = r.choice(RELATED) if r.may(.22 * rich) else ""
        self.related = r.choice(RELATED) if r.may(.25 * rich) else ""
        self.ago = r.may(.4)
        self.sign = r.choice(["", "", "", "reporting", "agency", "tags", "inputs"]) if rich else ""
        self.line_gap = r.choice([0, 1, 1])
        self.title_gap = r.choice([0, self.line_gap, 1])
        self.story_gap = r.choice([self.line_gap, self.line_gap, 1, 2, 3])
        self.junk_gap = r.choice([0, self.line_gap])
        self.wrap = r.choice([56, 66, 72, 76, 80, 90]) if r.may(.12) else 0
        if self.wrap:
            self.line_gap = self.title_gap = 1
            self.story_gap = max(1, self.story_gap)

    def add(self, kind, text, gap, title=None):
        self.lines.append((kind, text, gap, self.now, title))

    def caption_lines(self, story, times):
        for _ in range(times):
            self.add("captions", self.cap, self.junk_gap if _ else self.title_gap)

    def title_lines(self, story, n):
        r, title = self.r, story[0]
        first = title.upper() if r.may(self.shout) else title
        for k in range(self.copies):
            text = first if k == 0 else title
            if self.number and k == 0:
                text = self.number % (n + 1) + text
            self.add("titles", text, (self.story_gap if not self.opened else self.junk_gap) if k == 0 else self.title_gap if self.apart else 0, title)
            self.opened = True
            if k + 1 == self.copies:
                break
            for what in self.apart:
                if what == "caption" and self.cap:
                    self.caption_lines(story, max(1, self.caption))
                elif what == "widget":
                    for w in self.between or [self.fixed]:
                        self.add("junk", w, self.junk_gap)
                elif what == "meta" and self.meta_at:
                    for m in self.signed:
                        self.add("meta", m, self.junk_gap)

    def open_story(self, story, n):
        r = self.r
        lead = list(self.before)
        if self.kicker == "section":
            lead.append(r.choice(SECTION))
        elif self.kicker == "crumb":
            lead.append(r.choice(["Home > ", "News / ", "Start » "]) + r.choice(SECTION))
        elif self.kicker == "slug":
            lead.append(r.choice(["UPDATE %d-" % r.randint(1, 5), "WRAPUP 2-", "RPT-", ""]) + " ".join(story[0].split()[:r.randint(2, 5)]).upper())
        elif self.kicker == "fixed":
            lead.append(self.fixed)
        elif self.kicker == "date":
            lead.append(r.day())
        if self.counted and self.counted_at == "before":
            lead.append(self.counted % r.randint(2, 300))
        for text in lead:
            self.add("junk", text, self.junk_gap if self.opened else self.story_gap)
            self.opened = True
        if self.meta_at == "before":
            for m in self.signed:
                self.add("meta", m, self.junk_gap if self.opened else self.story_gap)
                self.opened = True
        if self.caption and self.caption_at == "first" and self.cap:
            for _ in range(self.caption):
                self.add("captions", self.cap, self.junk_gap if self.opened else self.story_gap)
                self.opened = True

    def one(self, story, n):
        r = self.r
        self.now, self.opened = n, False
        if self.loose:  # every story has other lines around it
            self.before, self.after = self.widgets(.25, 2), self.widgets(.2, 2)
            self.end = self.widgets(.4, 2) if r.may(.5) else [r.choice(END)] * r.may(.4)
            self.counted = r.choice([None, None, "Comments (%d)", "%d comments", "%d shares", "%d min read"])
        self.cap = caption_of(r, story, self.caption_style) if self.caption and r.may(self.caption_p) else ""
        self.signed = self.meta()
        self.open_story(story, n)
        self.title_lines(story, n)
        for w in self.after:
            self.add("junk", w, self.junk_gap)
        if self.counted and self.counted_at == "after":
            self.add("junk", self.counted % r.randint(2, 300), self.junk_gap)
        if self.caption_at == "title" and self.cap and "caption" not in self.apart[:self.copies - 1]:
            self.caption_lines(story, self.caption)
        if self.meta_at == "after" and not ("meta" in self.apart and self.copies > 1):
            for m in self.signed:
                self.add("meta", m, self.junk_gap)
        for w in self.after_meta:
            self.add("junk", w, self.junk_gap)
        if self.caption_at == "meta" and self.cap:
            self.caption_lines(story, self.caption)
        self.body(story)
        self.close(story)

    def body(self, story):
        r = self.r
        body = story[1]
        if r.may(.5):
            body = body[:r.randint(3, 14)]
        for k, p in enumerate(body):
            self.add("body", p, self.line_gap if k else self.title_gap)
            if k + 1 == len(body):
                break
            if self.inside and k % self.inside_every == 1:
                for w in self.inside[:r.randint(1, 2)]:
                    self.add("junk", w, self.line_gap)
            if self.inline and r.may(.2) and self.spare:
                self.add("junk", self.inline + r.choice(self.spare)[0], self.line_gap)
            if self.inline_bare and r.may(.15) and self.spare:
                self.add("junk", r.choice(self.spare)[0], self.line_gap)
            if self.box and r.may(.12) and self.spare:
                self.add("junk", self.box, self.line_gap)
                for other in r.sample(self.spare, min(len(self.spare), r.randint(1, 4))):
                    self.add("junk", self.bullet + other[0], 0)
            if self.cap and self.caption_at == "body" and k == 1:
                self.caption_lines(story, self.caption)

    def close(self, story):
        r = self.r
        if self.sign == "reporting":
            self.add("junk", "(%s by %s%s)" % (r.choice(["Reporting", "Writing", "Additional reporting"]), r.name(),
                                               r.choice(["", "; Editing by " + r.name(), " in " + r.choice(CITY)])), self.line_gap)
        elif self.sign == "agency":
            self.add("junk", r.choice(AGENCY), self.line_gap)
        elif self.sign == "tags":
            self.add("junk", r.choice(["Tags: ", "Topics: ", "Filed under: ", "Keywords "]) + ", ".join(r.sample(SECTION, 3)), self.line_gap)
        elif self.sign == "inputs":
            self.add("junk", "With inputs from agencies", self.line_gap)
        if self.meta_at == "end":
            for m in self.signed:
                self.add("meta", m, self.line_gap)
        if self.inline and r.may(.3) and self.spare:
            self.add("junk", self.inline + r.choice(self.spare)[0], self.line_gap)
        for w in self.end:
            self.add("junk", w, self.junk_gap)
        if self.counted and self.counted_at == "end":
            self.add("junk", self.counted % r.randint(2, 300), self.junk_gap)
        if self.related and self.spare:
            self.add("junk", self.related, self.line_gap)
            for other in r.sample(self.spare, min(len(self.spare), r.randint(2, 4))):
                self.add("junk", self.bullet + other[0], 0)
                if self.ago:
                    self.add("junk", "%d %s ago" % (r.randint(1, 23), r.choice(["hours", "minutes", "days"])), 0)
        if self.sep:
            self.add("junk", self.sep, self.junk_gap)

    def write(self, name):
        r = self.r
        self.now = None
        if not self.plain or r.may(.2):
            for _ in range(r.randint(0, 6)):
                self.add("page", r.phrase() if r.may(.2) else r.choice(HEAD) if r.may(.6) else "  ".join(r.sample(SECTION, r.randint(1, 5))), 0)
        if r.may(.12):
            self.add("page", r.choice(["Contents", "In this edition:", "Today:", "Headlines"]), 0)
            for k, s in enumerate(self.tell):
                self.add("page", r.choice(["- ", "* ", "• ", "", "%d. " % (k + 1)]) + s[0], 0)
        for n, story in enumerate(self.tell):
            self.one(story, n)
        self.now = None
        if r.may(.25) and self.spare:
            for k in range(r.randint(1, 2)):
                for text in teaser(r, self.spare[k]):
                    self.add("page", text, self.story_gap if text == self.spare[k][0] else 0)
        if not self.plain or r.may(.2):
            for _ in range(r.randint(0, 5)):
                self.add("page", r.phrase() if r.may(.2) else r.choice(FOOT), 0)
        return self.render(name)

    def render(self, name):
        r, text = self.r, bytearray()
        end = b"\r\n" if r.may(.1) else b"\n"
        out = {"id": name, "style": "made", "junk": [], "stories": []}
        for story in self.tell:
            first = next(k for k, s in enumerate(self.tell) if s is story)
            n = len(out["stories"])
            out["stories"].append({"title": story[0], "start": None, "end": 0, "dup_of": first if first < n else None, "titles": [], "body": [],
                                   "captions": [], "meta": [], "junk": []})
        for kind, line, gap, n, title in self.lines:
            text += end * gap if text else b""
            if self.wrap and kind == "body":
                words, rows, row = line.split(), [], ""
                for w in words:
                    if row and len(row) + 1 + len(w) > self.wrap:
                        rows.append(row)
                        row = w
                    else:
                        row = row + " " + w if row else w
                line = end.decode().join(rows + [row])
            span = [len(text), len(text) + len(line.encode())]
            text += line.encode() + (b" " if r.may(.02) else b"") + end
            if n is None:
                out["junk"].append(span)
                continue
            s = out["stories"][n]
            s[kind].append(span)
            s["start"] = span[0] if s["start"] is None else s["start"]
            s["end"] = span[1]
        out["text"] = text.decode()
        return out


def main():
    to, count, seed, shared = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), pathlib.Path(sys.argv[4])
    r, pool = Draw(seed), stories(shared)
    with open(to, "w", encoding="utf-8") as f:
        for k in range(count):
            f.write(json.dumps(Page(r, pool, r.randint(2, 8)).write("m%05d" % k), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
