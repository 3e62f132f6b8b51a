import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesSource } from "../../src/media/byte-source.js";
import { inspectSource } from "../../src/media/inspect.js";

const OFFICE = "application/vnd.openxmlformats-officedocument";
const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../fixtures/media/${name}`, import.meta.url)));

/** Each file as its encoder made it, and what it must be taken for whatever it is called. */
const FILES: [file: string, kind: string, mimeType: string, more?: object][] = [
  ["photo.jpg", "image", "image/jpeg"],
  ["picture.png", "image", "image/png"],
  ["still.webp", "image", "image/webp", { animated: false }],
  ["moving.webp", "image", "image/webp", { animated: true }],
  ["moving.gif", "image", "image/gif"],
  ["clip.mp4", "video", "video/mp4", { codec: "h264" }],
  ["clip-hevc.mp4", "video", "video/mp4", { codec: "hevc" }],
  ["clip.3gp", "video", "video/3gpp", { codec: "h263" }],
  ["clip.mov", "video", "video/quicktime", { codec: "h264" }],
  ["clip.webm", "video", "video/webm"],
  ["voice.ogg", "voice", "audio/ogg; codecs=opus", { codec: "opus", duration: expect.closeTo(1.5, 1) }],
  ["music.ogg", "audio", "audio/ogg", { codec: "vorbis", duration: expect.closeTo(0.5, 1) }],
  ["song.mp3", "audio", "audio/mpeg"],
  ["song-id3.mp3", "audio", "audio/mpeg"],
  ["sound.aac", "audio", "audio/aac"],
  ["sound.amr", "audio", "audio/amr"],
  ["sound.m4a", "audio", "audio/mp4"],
  ["sound-only.mp4", "audio", "audio/mp4"],
  ["sound.wav", "audio", "audio/wav"],
  ["letter.pdf", "document", "application/pdf"],
  ["archive.zip", "document", "application/zip"],
  ["letter.docx", "document", `${OFFICE}.wordprocessingml.document`],
  ["table.xlsx", "document", `${OFFICE}.spreadsheetml.sheet`],
  ["slides.pptx", "document", `${OFFICE}.presentationml.presentation`],
  ["letter.odt", "document", "application/vnd.oasis.opendocument.text"],
  ["note.txt", "document", "text/plain"],
  ["card.vcf", "document", "text/vcard"],
];

describe("a file is known by its content", () => {
  it.each(FILES)("%s is %s, %s", async (file, kind, mimeType, more = {}) => {
    const bytes = fixture(file);
    const wrong = file.endsWith(".jpg") ? "wrong.pdf" : "wrong.jpg";
    const info = await inspectSource(bytesSource(bytes), wrong);
    expect(info).toMatchObject({ kind, mimeType, size: bytes.length, ...more });
  });

  it("lets a name tell one text from another, and nothing else", async () => {
    const text = bytesSource(new TextEncoder().encode("a,b\n1,2\n"));
    expect((await inspectSource(text, "table.csv")).mimeType).toBe("text/csv");
    expect((await inspectSource(text, "table.png")).mimeType).toBe("text/plain");
    expect((await inspectSource(bytesSource(new Uint8Array([0, 1, 2])), "a.csv")).mimeType).toBe(
      "application/octet-stream",
    );
  });

  it("takes no words in a title, and no tables before them, for a film's tracks", async () => {
    const sound = track("soun", "mp4a");
    const film = (...boxes: Uint8Array[]) => inspectSource(bytesSource(mp4("isom", ...boxes)));
    const title = box("udta", new TextEncoder().encode("My video podcast about avc1"));
    expect(await film(sound, title)).toMatchObject({ kind: "audio", mimeType: "audio/mp4" });
    expect(await film(track("vide", "hvc1"), title)).toMatchObject({ codec: "hevc" });
    const long = track("soun", "mp4a", box("stsz", new Uint8Array(400_000)));
    expect(await film(long, track("vide", "avc1"))).toMatchObject({ kind: "video", codec: "h264" });
  });

  it("takes a brand that it does not know for what its tracks are, if for anything", async () => {
    const branded = async (brand: string, ...boxes: Uint8Array[]) =>
      (await inspectSource(bytesSource(mp4(brand, ...boxes)))).mimeType;
    expect(await branded("XXXX", track("vide", "avc1"))).toBe("video/mp4");
    expect(await branded("XXXX", track("soun", "mp4a"))).toBe("audio/mp4");
    expect(await branded("crx ")).toBe("application/octet-stream");
    expect(await branded("avis", track("pict", "av01"))).toBe("image/avif");
  });

  it("takes no text that speaks of a format for that format", async () => {
    for (const text of ["ID3 is a tag format for MP3 files.\n", "How to read a %PDF- header.\n"])
      expect((await inspectSource(bytesSource(new TextEncoder().encode(text)))).mimeType).toBe("text/plain");
    const late = new TextEncoder().encode("\r\n%PDF-1.7\n");
    expect((await inspectSource(bytesSource(late))).mimeType).toBe("application/pdf");
  });

  it("takes no archive for a letter because of what lies in it", async () => {
    const zip = fixture("archive.zip");
    expect((await inspectSource(bytesSource(zip), "letter.docx")).mimeType).toBe("application/zip");
  });
});

describe("hostile files", () => {
  it("are never thrown over, whatever their bytes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 4_096 }), async (bytes) => {
        expect((await inspectSource(bytesSource(bytes))).size).toBe(bytes.length);
      }),
      { numRuns: 500 },
    );
  });

  it("may be cut or damaged anywhere", async () => {
    const files = FILES.map(([file]) => fixture(file));
    const damage = fc.record({
      file: fc.constantFrom(...files),
      cut: fc.double({ min: 0, max: 1, noNaN: true }),
      at: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ file, cut, at }) => {
        const bytes = file.slice(0, Math.floor(file.length * cut));
        for (const [place, value] of at)
          if (bytes.length > 0) bytes[place % Math.min(bytes.length, 200)] = value;
        const info = await inspectSource(bytesSource(bytes));
        expect(info.duration ?? 0).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 1_000 },
    );
  });

  it("cannot make it read for long", async () => {
    // Each box says that the next one follows at once.
    const boxes = new Uint8Array(8 * 100_000);
    for (let at = 0; at < boxes.length; at += 8) boxes.set([0, 0, 0, 8, 0x66, 0x74, 0x79, 0x70], at);
    const marks = new Uint8Array(65_307).fill("O".charCodeAt(0));
    marks.set(new TextEncoder().encode("OggS"));
    const startedAt = performance.now();
    await inspectSource(bytesSource(boxes));
    await inspectSource(bytesSource(marks));
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});

function box(type: string, ...content: Uint8Array[]): Uint8Array {
  const length = 8 + content.reduce((sum, part) => sum + part.length, 0);
  const head = new Uint8Array(8);
  new DataView(head.buffer).setUint32(0, length);
  head.set(new TextEncoder().encode(type), 4);
  return Buffer.concat([head, ...content]);
}

function track(handler: string, format: string, ...tables: Uint8Array[]): Uint8Array {
  const hdlr = box("hdlr", new Uint8Array(8), new TextEncoder().encode(handler), new Uint8Array(12));
  const stsd = box("stsd", new Uint8Array(8), box(format, new Uint8Array(16)));
  return box("trak", box("mdia", hdlr, box("minf", box("stbl", ...tables, stsd))));
}

function mp4(brand: string, ...inIndex: Uint8Array[]): Uint8Array {
  const ftyp = box("ftyp", new TextEncoder().encode(brand), new Uint8Array(4));
  return Buffer.concat([ftyp, box("moov", box("mvhd", new Uint8Array(100)), ...inIndex)]);
}
