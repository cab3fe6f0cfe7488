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
SEP = ["-0-", "##", "-30-", "(END)", "=", "+++", "__", "-------------------------", "* * *", "***", "---", "-----", "________", "#", "###", "=====", "~", "• • •", "- - -", "[...]", "/ / /"]
HEAD = ("Skip to main content|Menu|Search|Log in|Sign in|Subscribe|Home|News|Latest|My account|Edition: International|Live TV|Radio|E-paper|"
        "Today's paper|Newsletters|Good evening, here are today's stories.|The Morning Round-up|Today's headlines|In this issue|Contents|"
        "Welcome back|Cookie settings|Accept all|Startseite|Accueil|Portada").split("|")
FOOT = ("Terms of use|Privacy policy|Contact us|About us|Advertise with us|Copyright 2023 All rights reserved|© 2025 The Company|Careers|Help|"
        "Sitemap|Cookie policy|Unsubscribe from this list|You are receiving this because you signed up|Back to top|Follow us on social media|"
        "Terms | Privacy | Cookies|Impressum|Mentions légales|Aviso legal|Powered by a publishing system|View in browser").split("|")
SENTENCE = ("This material may not be published, broadcast, rewritten or redistributed.|All rights reserved. Use of this site means that you accept "
            "our terms.|Get the stories that matter, straight to your inbox, every morning.|Your email address will not be published. Required fields "
            "are marked *|We and our partners store information on your device. You can change your choices at any time.|By signing up you agree to our "
            "terms of service and privacy policy.|Please keep comments civil and on topic. Comments are closed after three days.|If you purchase through "
            "links on this page we may earn a small commission.|This story was produced by an agency and has not been edited by our staff.|The article was "
            "translated by a machine.|Our journalism depends on readers like you. Please consider a contribution.|You have read three of your five free "
            "articles this month.|For more information call the press office on working days between nine and five.|We use cookies to improve the service. "
            "Read how.|Join thousands of readers who follow our channel for breaking news and analysis.|Note to editors: pictures are available on "
            "request.|Alle Rechte vorbehalten. Die Weiterverbreitung ist nur mit Genehmigung gestattet.|Ce contenu est reserve aux abonnes.|"
            "Queda prohibida la reproduccion total o parcial de este contenido.").split("|")
ROLE = ("Crime reporter|Staff writer|Political correspondent|Local democracy reporter|Diplomatic editor|News agency|Correspondent in the region|"
        "Our correspondent|Multimedia reporter|Special to this paper|Senior producer|Health editor|Associate editor|Web desk|News desk").split("|")
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


def alphabet(first, count, stop, comma):
    """Another script's letters in place of ours, without capitals."""
    def recode(text):
        return "".join(chr(first + (ord(c) * 7) % count) if c.isalpha() else stop if c == "." else comma if c == "," else c for c in text.lower())
    return recode


def unspaced(first, count, stop, width, space):
    """A script that puts no spaces between words: so many letters a word, made of the word itself."""
    def word(w):
        h, out = 7, ""
        for c in w:
            h = (h * 31 + ord(c)) % 1000003
        for k in range(min(width, len(w))):
            out += chr(first + (h // (k * 13 + 1)) % count)
        return out

    def recode(text):
        parts = re.findall(r"[^\W\d_]+|\d+|\s+|.", text.lower())
        return "".join(word(p) if p[0].isalpha() else space if p.isspace() else stop if p == "." else "，" if p == "," and width < 3 else p
                       for p in parts).strip()
    return recode


SCRIPTS = [alphabet(0x915, 36, "।", ","), alphabet(0x628, 34, ".", "،"), alphabet(0x995, 22, "।", ","), alphabet(0x10D0, 33, ".", ","),
           unspaced(0x4E00, 4000, "。", 2, ""), unspaced(0x3042, 70, "。", 3, ""), unspaced(0xE01, 44, "", 4, ""), alphabet(0xAC00, 900, ".", ",")]


class Draw(random.Random):
    def may(self, p):
        return self.random() < p

    def name(self):
        return self.choice(NAMES) + " " + self.choice(LAST)

    def day(self):
        d, m, y = self.randint(1, 28), self.choice(MONTH), self.randint(2010, 2026)
        clock = "%02d:%02d" % (self.randrange(24), self.randrange(60))
        if self.may(.2):
            half = "%d:%02d %s" % (self.randint(1, 12), self.randrange(60), self.choice(["AM", "PM", "am", "p.m."]))
            week = self.choice(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Monday", "Friday", "Sunday"])
            return self.choice(["%s, %s %d, %d" % (half, m[:3], d, y), "%s %d %s %d" % (week, d, m[:3], y), "%s, %s %d, %d, %s" % (week, m, d, y, half),
                                "%s %d %d %s" % (m[:3], d, y, half), "%s %d %s %d %s" % (week, d, m, y, clock.replace(":", ".")),
                                "%s, %d %s %d %s +0000" % (week[:3], d, m[:3], y, clock + ":00")])
        return self.choice(["%s %d, %d" % (m, d, y), "%d %s %d" % (d, m, y), "%s. %d, %d" % (m[:3], d, y), "%d %s %d %s" % (d, m[:3], y, clock),
                            "%04d-%02d-%02d" % (y, self.randint(1, 12), d), "%02d/%02d/%d" % (d, self.randint(1, 12), y),
                            "%d.%d.%d, %s" % (d, self.randint(1, 12), y, clock), "%s %d, %d at %s" % (m, d, y, clock)])

    def sentence(self):
        """What a page says of itself in whole sentences."""
        if self.may(.6):
            return self.choice(SENTENCE)
        n = self.randint(7, 24)
        return " ".join(self.choice(WORD) for _ in range(n)).capitalize() + self.choice([".", ".", ".", "!", ""])

    def filed(self):
        """The dateline of a wire."""
        city = self.choice(CITY)
        city = self.choice([city.upper(), city.upper(), city])
        day = "%s %d" % (self.choice(MONTH)[:self.choice([3, 9])], self.randint(1, 28))
        return city, day, self.choice(["(%s)", "/%s/", "(%s)"]) % self.choice(AGENCY[:13])

    def phrase(self):
        """A line of the page that no list of phrases knows."""
        text = " ".join(self.choice(WORD) for _ in range(self.randint(1, 5)))
        return self.choice([text.capitalize(), text.title(), text.upper(), text])


def meta_maker(r):
    """How this page signs and dates its stories."""
    kind = r.choice([*range(14), *range(20)])
    pre = r.choice(["By ", "BY ", "Written by ", "Reported by ", "Words: ", "Text: ", "Von ", "Por ", "Par ", "", "Author: ", "Story by "])
    upd = r.choice(["Published ", "Published: ", "Updated: ", "Posted on ", "Posted ", "Last updated ", "", "First published: ", "Date: "])
    tail = r.choice(["", "", " GMT", " IST", " | 3 min read", " ET"])

    both = r.choice([" and last updated ", " | Updated ", " Updated ", " - Last updated on "])
    style, label = r.randrange(4), r.choice(["BYLINE: ", "Byline: ", "Author: ", "By-line - ", "AU "])
    stamp = r.choice(["DATE: ", "Date: ", "PD ", "Published: ", "LOAD-DATE: ", "On "])

    def make():
        who, day = pre + r.name(), upd + r.day() + tail
        if kind == 14:
            return [who, r.choice(ROLE), day]
        if kind == 15:
            return [day + both + r.day()]
        if kind == 16:
            city, when, agency = r.filed()
            return [[city + ", " + when, city + ", " + when + " " + agency, city + " " + agency, when + ", " + city][style]]
        if kind == 17:
            return [label + r.name(), stamp + r.day()]
        if kind == 18:
            return [r.name() + r.choice([", ", " - ", " / "]) + r.choice(ROLE + CITY)]
        if kind == 19:
            return [day, r.choice(["Updated ", "Modified "]) + "%d %s ago" % (r.randint(2, 20), r.choice(["hours", "minutes"])), who]
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


def is_heading(text):
    return len(text) < 90 and text[-1] not in ".!?:;\"”’)"


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
            out.append(r.phrase() if r.may(.25) else r.sentence() if self.tidy and r.may(.05) else r.choice(WIDGET))
        return out

    def layout(self):
        r = self.r
        self.tidy = r.may(.15)
        self.plain = r.may(.25)  # titles and text, nothing else
        self.brief = r.choice([0, 0, 0, 1, 2, 2, 3, 4])  # paragraphs of a story, at most
        self.bare = self.brief in (1, 2)  # no headings within stories
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
        self.kicker = r.choice(["", "", "", "", "section", "crumb", "slug", "fixed", "date", r.choice(["stamp", "series", "address"])]) if rich else ""
        self.series = r.choice(["Press Release No. %d", "No. %d/2026", "Document %d of 50", "%d.", "Item %d", "%d of 12 DOCUMENTS", "[%d]", "#%d", "Page %d"])
        self.first_number = r.randint(1, 90)
        self.split = r.may(.2)  # a sentence a paragraph
        self.dateline = r.choice([" - ", " — ", " -- ", "-", ": "]) if r.may(.15) else ""
        self.dateline_style = r.randrange(4)
        self.footer = r.sentence() if r.may(.2 * rich) else ""
        self.labels = r.may(.12 * rich)
        self.mark_up = r.choice(["# ", "## ", "### ", "**"]) if r.may(.1) else ""
        self.live = r.may(.06 * rich)
        self.script = r.choice(SCRIPTS) if r.may(.2) else None
        self.fixed = r.phrase() if r.may(.5) else r.choice(WIDGET)
        self.stamp = r.choice(["%s", "[%s]", "%s | %%s" % self.fixed.replace("%", ""), "%s, [%%s]" % self.fixed.replace("%", "")])
        self.headline_label = r.choice(["HEADLINE: ", "Headline: ", "Title: ", "TITLE: ", "HD "])
        self.body_label = r.choice(["BODY:", "Body:", "Text:", "TD", "FULL TEXT:", ""])
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
        self.counting = r.choice(["list %d of %d", "%d of %d: ", "%d/%d "]) if r.may(.1) else ""
        self.box_end = r.choice(["end of list", "See all", "More", r.phrase()]) if r.may(.12) else ""
        self.related = r.choice(RELATED) if r.may(.25 * rich) else ""
        self.ago = r.may(.4)
        self.sign = r.choice(["", "", "", "reporting", "agency", "tags", "inputs"]) if rich else ""
        self.hour = r.choice(["", "", " GMT", " CET"])
        self.line_gap = r.choice([0, 1, 1])
        self.title_gap = r.choice([0, self.line_gap, 1])
        self.story_gap = r.choice([self.line_gap, self.line_gap, 1, 2, 3])
        self.junk_gap = r.choice([0, self.line_gap])
        self.wrap = r.choice([56, 66, 72, 76, 80, 90]) if r.may(.12) else 0
        self.sheet = r.randint(24, 50) if self.wrap and r.may(.3) else 0  # lines of a sheet of paper
        self.running_head = r.phrase() if r.may(.6) else ""
        if self.tidy:
            self.tidy_up()
        else:
            self.brief = self.live = self.labels = self.split = self.bare = self.sheet = 0
            self.mark_up = self.footer = self.counting = self.box_end = ""
            self.script = self.script if r.may(.2) else None
        if self.wrap:
            self.line_gap = self.title_gap = 1
            self.story_gap = max(1, self.story_gap)

    def tidy_up(self):
        """Short stories with the same few lines around each, as wires, channels, digests and sites' text give them."""
        r = self.r
        self.before, self.between, self.after_meta, self.inside = [], [], [], []
        self.loose = self.inline_bare = False
        self.after, self.end = self.after[:1], self.end[:r.randint(0, 2)]
        self.apart = self.apart[:1]
        self.counted = None
        if r.may(.5):
            self.inline = self.box = self.related = ""
        if r.may(.25):
            self.sep = r.choice(SEP)

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
            if self.labels and k == 0:
                text = self.headline_label + text
            elif self.mark_up and k == 0:
                text = self.mark_up + text + ("**" if self.mark_up == "**" else "")
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
        elif self.kicker == "stamp":
            lead.append(self.stamp % r.day())
        elif self.kicker == "series":
            lead.append(self.series % (self.first_number + n))
            lead += [self.fixed] if r.may(.3) else []
        elif self.kicker == "address":
            lead.append("https://%s.example/%s" % (self.fixed.split()[0].lower(), "-".join(story[0].lower().split()[:r.randint(1, 7)])))
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
        body = [p for p in story[1] if not self.bare or not is_heading(p)] or list(story[1])
        if self.brief:  # a brief begins with what happened
            first = next((k for k, p in enumerate(body) if len(p) > 90 and p[-1] in ".”\"’"), 0)
            body = body[first:]
        if self.split:
            body = [x for p in body for x in re.split(r"(?<=[a-z)][.!?])\s+(?=[A-Z])", p)]
        if self.brief:
            body = body[:r.randint(1, self.brief) if r.may(.4) else self.brief]
        elif r.may(.5):
            body = body[:r.randint(3, 14)]
        while self.tidy and len(body) > 1 and is_heading(body[-1]):
            body.pop()
        if self.labels:
            self.add("junk", r.choice(["SECTION: ", "Section: ", "LENGTH: ", "WC "]) + "%d words" % r.randint(80, 900), self.junk_gap)
            if self.body_label:
                self.add("junk", self.body_label, self.junk_gap)
        if self.dateline and not self.live:
            city, when, agency = r.filed()
            body[0] = [city + ", " + when + " " + agency, city, city + " " + agency, city + ", " + when][self.dateline_style] + self.dateline + body[0]
        if self.live:
            return self.entries(body)
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
                others = r.sample(self.spare, min(len(self.spare), r.randint(1, 4)))
                for at, other in enumerate(others):
                    self.add("junk", (self.counting % (at + 1, len(others)) if self.counting else self.bullet) + other[0], 0)
                if self.box_end:
                    self.add("junk", self.box_end, 0)
            if self.cap and self.caption_at == "body" and k == 1:
                self.caption_lines(story, self.caption)

    def entries(self, body):
        """A running report: an hour, often a heading, a paragraph or two."""
        r, headed = self.r, self.r.may(.6)
        minute = r.randint(600, 1300)
        k = 0
        while k < len(body):
            n = r.randint(1, 2)
            self.add("junk", "%02d:%02d" % divmod(minute, 60) + self.hour, self.line_gap)
            if headed and self.spare:
                self.add("junk", r.choice(self.spare)[0], self.junk_gap)
            for p in body[k:k + n]:
                self.add("body", p, self.junk_gap)
            if self.inside:
                self.add("junk", self.inside[0], self.junk_gap)
            k, minute = k + n, minute - r.randint(3, 90)
            if minute < 0:
                break

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
        if self.footer:
            self.add("junk", self.footer, self.line_gap)
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

    def style(self):
        """What is special about this lay-out, for those who look at misses."""
        names = ("plain brief dateline footer labels mark_up live script wrap sheet number kicker sep box related inside inline inline_bare apart "
                 "loose split").split()
        return " ".join(n for n in names if getattr(self, n, None)) or "none"

    def render(self, name):
        r, text = self.r, bytearray()
        end = b"\r\n" if r.may(.1) else b"\n"
        out = {"id": name, "style": self.style(), "junk": [], "stories": []}
        for story in self.tell:
            first = next(k for k, s in enumerate(self.tell) if s is story)
            n = len(out["stories"])
            out["stories"].append({"title": story[0], "start": None, "end": 0, "dup_of": first if first < n else None, "titles": [], "body": [],
                                   "captions": [], "meta": [], "junk": []})
        rows_done = 0
        for kind, line, gap, n, title in self.lines:
            if self.script:
                line = self.script(line)
            text += end * gap if text else b""
            if self.wrap and kind == "body":
                words, rows, row = line.split(), [], ""
                for w in words:
                    if row and len(row) + 1 + len(w) > self.wrap:
                        rows.append(row)
                        row = w
                    else:
                        row = row + " " + w if row else w
                rows.append(row)
                if self.sheet and rows_done // self.sheet != (rows_done + len(rows)) // self.sheet and len(rows) > 2:
                    cut = r.randint(1, len(rows) - 1)  # the sheet ends within the paragraph
                    part = end.decode().join(rows[:cut])
                    out["stories"][n][kind].append([len(text), len(text) + len(part.encode())])
                    if out["stories"][n]["start"] is None:
                        out["stories"][n]["start"] = len(text)
                    text += part.encode() + end * r.randint(1, 2)
                    foot = str(rows_done // self.sheet + 1)
                    foot = [foot, "Page " + foot, "- %s -" % foot][self.sheet % 3]
                    text += foot.encode() + end + (self.running_head.encode() + end if self.running_head else b"") + end * r.randint(0, 1)
                    rows_done += cut
                    rows = rows[cut:]
                rows_done += len(rows)
                line = end.decode().join(rows)
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
