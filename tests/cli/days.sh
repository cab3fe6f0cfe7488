# what is known of the day of publication, and what cannot be a day: a note or nothing, never a wrong day
say() { # TEXT [PUBLISHED]
	printf '{"text":"%s","published":"%s"}\n' "$1" "$2" | $K code --stories - |
		grep -oE '"published(_how)?":"[^"]*"|"kind":"bad-[a-z]*"|"time":\{[^}]*\}|"low":[0-9]*' | sed 's/"span":\[[0-9,]*\],//; s/"text":"[^"]*",//' | tr '\n' ' '
	echo
}
echo "--- nobody tells the day: a line that is a date; the latest day told; none to come; nothing"
say 'Thursday, January 12, 2006\n\nGunmen killed three people in Mosul on Tuesday.'
say 'Gunmen killed three people in Mosul on 3 March 2024. The army attacked a town in May 2019.'
say 'Gunmen killed three people in Mosul. The trial will open on 5 June 2031.'
say 'Gunmen killed three people in Mosul on Tuesday.'
found() { # what the stories on standard input show of the keys named
	$K code --stories - | grep -oE "\"($1)\":\"[^\"]*\"" | tr '\n' ' '
	echo
}
PUBLISHED='published|published_how'
page() { printf '<html><body><article><h1>Three die</h1><p>Gunmen killed three people in Mosul and fled, and the police said that they looked for them.</p><figure><img src=a.jpg><figcaption>%s</figcaption></figure><p>The group denied that it had killed anybody in the town, and gave no more than that.</p></article></body></html>' "$1" |
	found "$PUBLISHED"; }
echo "--- a caption shows what was"
page 'Soldiers in Mosul, 4 March 2024. Photo: AFP'
page 'Soldiers in Mosul. Photo: AFP'
echo "--- a page: what its data tell, what its words show and nothing else"
shown() { printf '<html><head>%s</head><body><article><h1>Three die</h1><p>5 March 2024</p><p>Gunmen killed three people in Mosul and fled, and the police said that they looked for them.</p><p>The group denied that it had killed anybody in the town, and gave no more than that.</p></article></body></html>' "$1" |
	found "$PUBLISHED"; }
shown '<meta property="article:published_time" content="2024-03-05T10:00:00Z">'
shown ''
shown '<meta property="article:published_time" content="2024-03-09T10:00:00Z">'
echo "--- datelines: of the day before, of another year, a second one"
say 'CAIRO, March 3 (AFP) - Gunmen killed three people today.' 2026-03-04
say 'CAIRO, March 3, 2024 (AFP) - Gunmen killed three people today.' 2026-03-04
say 'CAIRO, March 3 (AFP) - Gunmen killed three people.\n\nPARIS, March 1 (AFP) - Police arrested two men today.' 2026-03-04
echo "--- no days"
for day in 'on February 30th' 'on the 45th of May' 'on 31 April' 'on 29 February 2025' 'in the year 0' 'in the year 99999' \
	'on 5 March 0' 'on March 5, 99999' 'on 2025-13-45' 'on 2025-02-30' 'at 25:61' 'on the 0th of May'; do
	echo "$day: $(say "Gunmen killed three people $day." 2026-03-04)"
done
echo "--- no numbers; marks of writing from right to left; a man called Jordan"
say 'Gunmen killed 1234567890123456789012345678901234567890 people.' 2026-03-04
say "Gunmen killed three people on $(printf '\u200f')3 March$(printf '\u200f')." 2026-03-04
printf '{"text":"Michael Jordan met Paris Hilton in %bAmman%b. Mr. Jordan left."}\n' '\u202b' '\u202c' |
	$K show --stage place - | grep -oE '"text":"[^"]*"'
echo "--- a wire without a headline: its first paragraph is text"
wire() { found "$PUBLISHED|title|event"; }
printf '%s\n\n%s\n' 'CAIRO, March 3, 2024 (AFP) - Gunmen killed three people on Sunday in a village in the south of the country, the police said.' \
	'The minister visited the village, where the people had asked for more police since the spring.' | wire
