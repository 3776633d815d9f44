import { afterEach, beforeEach, expect, test } from "vitest";
import { RetryLab } from "./retrylab";

let lab: RetryLab;
beforeEach(async () => {
  lab = await RetryLab.start();
});
afterEach(() => lab.stop());

test("the policy gives up after half an hour and not before", async () => {
  const retry = { kind: "exponential", base_ms: 60_000, factor: 2, jitter: 0, cap_ms: 86_400_000 };
  const job = await lab.create("invoice.send", { force: "fail", duration_ms: 0 }, { max_attempts: 6, retry });
  await lab.advance({ until: "idle" });
  expect((await lab.job(job)).status).toBe("FAILED");
  expect(await lab.seconds(job, "Attempted")).toEqual([0, 60, 180, 420, 900, 1860]);
});

test("a reminder is sent tomorrow", async () => {
  const job = await lab.create("reminder", { force: "success", duration_ms: 0 }, { delay_ms: 86_400_000 });
  await lab.advance({ by_ms: 86_399_999 });
  expect((await lab.job(job)).status).toBe("SCHEDULED");
  await lab.advance({ by_ms: 1 });
  expect((await lab.events(job)).map((event) => event.type)).toEqual(["Created", "Attempted", "Succeeded"]);
});
