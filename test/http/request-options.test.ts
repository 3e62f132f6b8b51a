import { ValidationError } from "@wasend/sdk";
import { describe, expect, it } from "vitest";
import { checkLimits, checkRequestOptions, mergeHeaders } from "../../src/http/request-options.js";

const paths = (options: object) => checkLimits(options).map(({ path }) => path);

describe("the limits of a call", () => {
  it.each<[object, string[]]>([
    [{}, []],
    [{ timeout: 1, deadline: 1, maxRetries: 0 }, []],
    [{ timeout: Number.POSITIVE_INFINITY, deadline: Number.POSITIVE_INFINITY }, []],
    [{ deadline: new Date(0) }, []],
    [{ timeout: 0, deadline: 0, maxRetries: -1 }, ["timeout", "deadline", "maxRetries"]],
    [{ timeout: Number.NaN, deadline: Number.NaN, maxRetries: 1.5 }, ["timeout", "deadline", "maxRetries"]],
    [{ deadline: new Date(Number.NaN) }, ["deadline"]],
    [
      { timeout: "soon", deadline: "soon", maxRetries: Number.POSITIVE_INFINITY },
      ["timeout", "deadline", "maxRetries"],
    ],
    [{ headers: { "x-a": "b", "x-b": null, "x-c": undefined } }, []],
    [{ headers: { Authorization: "Bearer other" } }, ["headers.Authorization"]],
    [{ headers: { "x-a": "b\r\nx-evil: 1" } }, ["headers.x-a"]],
    [{ headers: { "x a": "b" } }, ["headers.x?a"]],
    [{ headers: { "Accept-Encoding": "gzip" } }, ["headers.Accept-Encoding"]],
    [{ headers: { "accept-encoding": null } }, []],
    [{ headers: { "x-a": "👋" } }, ["headers.x-a"]],
  ])("%j", (options, wrong) => {
    expect(paths(options)).toEqual(wrong);
  });

  it("are refused with the name of the call, and never with the value", () => {
    expect(() => checkRequestOptions("chats.list", { headers: { "x-a": "secret\n" } })).toThrow(
      ValidationError,
    );
    expect(() => checkRequestOptions("chats.list", { timeout: 0 })).toThrow(
      /^chats\.list: "timeout" must be/,
    );
    expect(() => checkRequestOptions("chats.list", { headers: { "x-a": "secret\n" } })).not.toThrow(/secret/);
  });
});

it("later headers win, whatever their case, and null takes one out", () => {
  const merged = mergeHeaders({ accept: "a", "x-one": "1" }, { Accept: "b", "X-One": null }, undefined, {
    "x-two": undefined,
  });
  expect(merged).toEqual({ accept: "b" });
});
