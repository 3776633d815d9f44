#pragma once
// What must not leave a company with its log, as rules (docs/fork.md). The first rule that matches
// a value decides about it. Plain data; who reads the file is in src/app.

#include <cstdint>
#include <string>
#include <vector>

namespace retrylab {

// What an event says that its server did not make up.
enum class redact_part : unsigned char {
  payload,  // of jobs, of edits at a retry, of callbacks of batches
  result,
  error,    // message and backtrace; the type where a rule names it
  tags,     // but for the one that makes a job part of a batch
  ids,      // idempotency keys, keys of unique jobs, Faktory's jids
  text,     // reasons, descriptions, who did it, progress
  workers,  // names, hosts, labels
};

enum class redact_action : unsigned char {
  keep,     // as it is, whatever later rules say
  drop,     // the member is gone; an element of an array becomes null
  replace,  // by a text
  hash,     // by a text that is the same for equal values, and tells them to nobody without the key
};

struct redact_rule {
  std::vector<std::string> types{};     // globs of job types; none: any, and events of the system
  std::vector<std::string> queues{};    // likewise
  std::vector<redact_part> parts{};     // none: all
  std::vector<std::string> pointers{};  // RFC 6901, "*" is any name or index; the whole value there
  std::vector<std::string> names{};     // globs of members' names at any depth, in any case
  std::vector<std::string> values{};    // globs of texts
  redact_action action = redact_action::replace;
  std::string with = "[redacted]";  // of replace
  std::string place;                // "file:line"
};

struct redact_rules {
  std::vector<redact_rule> rules;
  std::string key;  // of hash
};

}  // namespace retrylab
