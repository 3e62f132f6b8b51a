#!/bin/sh
# Makes test/fixtures/media with real encoders. Needs, from Debian: ffmpeg, imagemagick, sox with libsox-fmt-all (AMR),
# libreoffice-writer-nogui, libreoffice-calc-nogui, libreoffice-impress-nogui, zip.
# Run from the repository's root: sh scripts/make-media-fixtures.sh
set -eu

out=$(pwd)/test/fixtures/media
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"
cd "$work"

ff() { ffmpeg -hide_banner -loglevel error -y "$@"; }
picture="testsrc=size=32x24:rate=5:duration=1"
sound="sine=frequency=440:duration=1.5:sample_rate=16000"

# Pictures
convert -size 32x24 plasma:red-blue -quality 60 "$out/photo.jpg"
convert -size 32x24 plasma:red-blue -strip "$out/picture.png"
convert -size 32x24 plasma:red-blue "$out/still.webp"
convert -size 32x24 xc:red xc:blue -set delay 20 -loop 0 "$out/moving.gif"
ff -f lavfi -i "$picture" -c:v libwebp_anim -loop 0 -quality 20 "$out/moving.webp"

# Videos
ff -f lavfi -i "$picture" -f lavfi -i "$sound" -c:v libx264 -pix_fmt yuv420p -crf 45 -c:a aac -b:a 16k -t 1 "$out/clip.mp4"
ff -f lavfi -i "$picture" -c:v libx265 -x265-params log-level=none -tag:v hvc1 -pix_fmt yuv420p -crf 45 "$out/clip-hevc.mp4"
ff -f lavfi -i "testsrc=size=176x144:rate=5:duration=0.4" -c:v h263 -qscale:v 31 "$out/clip.3gp"
ff -f lavfi -i "$picture" -c:v libx264 -pix_fmt yuv420p -crf 45 "$out/clip.mov"
ff -f lavfi -i "$picture" -c:v libvpx -b:v 20k "$out/clip.webm"

# Sounds
ff -f lavfi -i "$sound" -c:a libopus -b:a 12k -application voip "$out/voice.ogg"
ff -f lavfi -i "$sound" -c:a libvorbis -q:a -1 -t 0.5 "$out/music.ogg"
ff -f lavfi -i "$sound" -c:a libmp3lame -b:a 16k -id3v2_version 3 -metadata title="A title" -t 1 "$out/song-id3.mp3"
ff -f lavfi -i "$sound" -c:a libmp3lame -b:a 16k -id3v2_version 0 -write_xing 0 -t 1 "$out/song.mp3"
ff -f lavfi -i "$sound" -c:a aac -b:a 16k -t 1 -f adts "$out/sound.aac"
ff -f lavfi -i "$sound" -c:a aac -b:a 16k -t 1 -f ipod "$out/sound.m4a"
ff -f lavfi -i "$sound" -c:a aac -b:a 16k -t 1 -f mp4 "$out/sound-only.mp4"
ff -f lavfi -i "$sound" -ar 8000 -t 0.25 "$out/sound.wav"
sox "$out/sound.wav" -r 8000 -c 1 "$out/sound.amr-nb"
mv "$out/sound.amr-nb" "$out/sound.amr"

# Documents
printf 'A line of plain text, with an umlaut: Ä.\n' > "$out/note.txt"
printf 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Example\r\nTEL;TYPE=CELL:+14155550123\r\nEND:VCARD\r\n' > "$out/card.vcf"
cp "$out/note.txt" note.txt
printf 'name,amount\nAda,12\n' > table.csv
zip -q -X "$out/archive.zip" note.txt table.csv
office() { soffice --headless --norestore "-env:UserInstallation=file://$work/profile" --convert-to "$@" --outdir "$work" >/dev/null 2>&1; }
office docx note.txt
office xlsx table.csv
office pdf note.txt
office odt note.txt
cat > slides.fodp <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.presentation"><office:body><office:presentation><draw:page draw:name="One"/></office:presentation></office:body></office:document>
XML
office pptx slides.fodp
cp note.docx "$out/letter.docx"
cp table.xlsx "$out/table.xlsx"
cp note.pdf "$out/letter.pdf"
cp note.odt "$out/letter.odt"
cp slides.pptx "$out/slides.pptx"
ls -l "$out"
