#include "bans.hpp"

#include <algorithm>
#include <cctype>
#include <regex>

namespace retrylab::tidy {
namespace {

using prefixes = std::vector<std::string_view>;

prefixes const everywhere{"src/", "tests/", "bench/"};
prefixes const below_the_edge{"src/events/", "src/actors/", "src/lab/"};  // layers 0 to 7
prefixes const composition{"src/app/"};
prefixes const timekeepers{"src/app/", "src/bench/"};  // a load generator measures the machine
constexpr std::string_view clock_port =
    "take a clock or `now` as an argument; only src/app and src/bench read the machine";

std::vector<ban> clock_bans() {
  return {
      {"system_clock",
       R"(\bsystem_clock::now\b)",
       clock_port,
       "auto t = std::chrono::system_clock::now();",
       "using base = std::chrono::system_clock;",
       {"src/"},
       timekeepers},
      {"steady_clock",
       R"(\bsteady_clock::now\b)",
       clock_port,
       "auto t = std::chrono::steady_clock::now();",
       "std::chrono::steady_clock::time_point at;",
       {"src/"},
       timekeepers},
      {"high_resolution_clock",
       R"(\bhigh_resolution_clock\b)",
       clock_port,
       "high_resolution_clock::now()",
       "clock.now()",
       {"src/"},
       timekeepers},
      {"time",
       R"(\btime\s*\(\s*(nullptr|NULL|0\s*\)|&))",
       clock_port,
       "auto t = std::time(nullptr);",
       "auto t = run_time(job);",
       {"src/"},
       timekeepers},
      {"clock_gettime",
       R"(\bclock_gettime\b)",
       clock_port,
       "clock_gettime(CLOCK_REALTIME, &t);",
       "clock_get(t);",
       {"src/"},
       timekeepers},
      {"gettimeofday",
       R"(\bgettimeofday\b)",
       clock_port,
       "gettimeofday(&t, nullptr);",
       "of_day(t);",
       {"src/"},
       timekeepers},
      {"random_device",
       R"(\brandom_device\b)",
       "draw from the seed: events/core/entropy.hpp",
       "std::random_device d;",
       "// no random_device here",
       {"src/"},
       composition},
      {"getenv",
       R"(\b(secure_)?getenv\b)",
       "settings come from src/app as arguments",
       "auto* home = std::getenv(name);",
       "auto v = environment.get(name);",
       {"src/"},
       composition},
      {"_timer", R"(\b(steady|system|deadline|high_resolution)_timer\b)",
       "use deadlines: an Asio timer ignores the manual clock", "asio::steady_timer timer{io};",
       "deadlines.set(job, due);", below_the_edge},
      {"unordered_",
       R"(\bunordered_\w*(map|set)\s*<)",
       "use std::map, or say `// never iterated` on the line",
       "std::unordered_map<job_id, int> jobs_;",
       "std::unordered_map<job_id, int> jobs_;  // never iterated",
       below_the_edge,
       {},
       "never iterated"},
  };
}

std::vector<ban> coroutine_bans() {
  return {
      {"detached", R"(\basio::detached\b)", "use spawn: detached swallows exceptions",
       "co_spawn(io, f(), asio::detached);", "spawn(io, name, f());", everywhere},
      {"channel", R"(\bexperimental::(concurrent_|basic_)?\w*channel\b)",
       "use bounded_queue: channels lose messages in 1.81",
       "asio::experimental::channel<void(int)> c{io};", "bounded_queue<int> q;", everywhere},
      {"use_future", R"(\buse_future\b)", "use completion, or co_await",
       "co_spawn(io, f(), asio::use_future);", "co_await f();"},
      {"co_await", R"(\bco_await\b[^;{}]*[\w>]\{)",
       "name the temporary first: g++ 12 destroys it twice",
       "co_await job->ask(\n    create_job{\"mail\", 2});",
       "if (co_await stop(std::move(command))) { auto x = agg{1}; }", everywhere},
      {"co_await", R"(\bco_await\b[^;{}]*[(,]\s*\{)",
       "name the temporary first: g++ 12 destroys it twice", "co_await ask(id, {1, 2});",
       "while (auto e = co_await inbox_.pop()) { run({1, 2}); }", everywhere},
      {"co_await", R"(\bco_await\b[^;{}]*\[[^\];]+\]\s*[({])",
       "name the lambda first: g++ 12 copies its captures bitwise",
       "co_await run([&x](int i) { return x + i; });", "co_await run(jobs[i], f);", everywhere},
      {"shared_from_this",
       R"(\b(enable_)?shared_from_this\b)",
       "let the coroutine's frame own it; only job_actor needs this",
       "class session : std::enable_shared_from_this<session> {};",
       "auto s = std::make_shared<session>();",
       {"src/"},
       {"src/actors/job_actor."}},
      {"sleep", R"(\b(sleep_for|sleep_until|usleep|nanosleep)\b)",
       "wait for an event, or set a deadline", "std::this_thread::sleep_for(10ms);",
       "co_await next_batch();"},
  };
}

std::vector<ban> other_bans() {
  return {
      {"sqlite3_",
       R"(\bsqlite3_\w+)",
       "only src/events/store speaks SQLite; use its wrapper",
       "sqlite3_step(s);",
       "store.step();",
       {"src/"},
       {"src/events/store/"}},
      {"PQ",
       R"(\bPQ[a-z]\w*\s*\()",
       "only src/events/store speaks libpq",
       "PQexec(c, sql);",
       "auto PQ = queue(1);",
       {"src/"},
       {"src/events/store/"}},
      {"std::c",
       R"(\bstd::(cout|cerr|clog)\b)",
       "log, or return text to src/app",
       "std::cout << x;",
       "out << x;",
       {"src/"},
       composition},
      {"catch", R"(\bcatch\s*\(\s*\.\.\.\s*\))", "catch std::exception at the two places that may",
       "catch (...) {}", "catch (std::exception const& e) {}"},
      {"boost/asio.hpp", R"(<boost/asio\.hpp>)", "include the precise header",
       "#include <boost/asio.hpp>", "#include <boost/asio/post.hpp>", everywhere},
      {"boost/beast.hpp", R"(<boost/beast\.hpp>)", "include the precise header",
       "#include <boost/beast.hpp>", "#include <boost/beast/http/message.hpp>", everywhere},
      {"using namespace",
       R"((^|\n)using namespace (?![\w:]*literals\b))",
       "name what you use; only literals may come in whole",
       "using namespace std;",
       "using namespace std::chrono_literals;",
       {"src/"}},
  };
}

bool continues_path(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.';
}

}  // namespace

std::vector<ban> const& bans() {
  static std::vector<ban> const all = [] {
    std::vector<ban> table = clock_bans();
    for (auto const& part : {coroutine_bans(), other_bans()})
      table.insert(table.end(), part.begin(), part.end());
    return table;
  }();
  return all;
}

findings check_ban(ban const& b, source_file const& file) {
  if (!is_cpp(file.path) || !is_under(file.path, b.scope) || is_under(file.path, b.allowed))
    return {};
  if (file.code.find(b.hint) == std::string::npos) return {};
  std::regex const pattern{std::string{b.pattern}, std::regex::optimize};
  findings found;
  for (std::sregex_iterator i{file.code.begin(), file.code.end(), pattern}, end; i != end; ++i) {
    // A match may begin with the end of the line before.
    std::size_t const at =
        static_cast<std::size_t>(i->position()) + (*i->str().begin() == '\n' ? 1 : 0);
    if (!b.excuse.empty() && line_at(file.raw, at).find(b.excuse) != std::string_view::npos)
      continue;
    found.push_back(file.path + ":" + std::to_string(line_of(file.code, at)) + ": `" +
                    file.raw.substr(at, std::min<std::size_t>(i->str().size(), 60)) + "`; " +
                    std::string{b.instead});
  }
  return found;
}

// Put together from pieces: the rule reads this file too.
std::vector<forbidden_text> const& forbidden_texts() {
  static std::string const host = "name the package, not the host that serves it";
  static std::string const machine = "a path of one machine; write it relative to the checkout";
  static std::vector<forbidden_text> const all{
      {std::string{"registry.npm"} + "js.org", host},
      {std::string{"registry.yarn"} + "pkg.com", host},
      {std::string{"deb.deb"} + "ian.org", host},
      {std::string{"security.deb"} + "ian.org", host},
      {std::string{"pypi"} + ".org", host},
      {std::string{"crates"} + ".io", host},
      {std::string{"proxy.go"} + "lang.org", host},
      {std::string{"/wo"} + "rk/", machine},
      {std::string{"../sha"} + "red", machine},
      {std::string{"FIX"} + "ME", "fix it, or file an issue"},
  };
  return all;
}

findings check_forbidden_texts(source_file const& file) {
  findings found;
  for (forbidden_text const& f : forbidden_texts()) {
    for (std::size_t at = 0; (at = file.raw.find(f.text, at)) != std::string::npos;
         at += f.text.size()) {
      bool const inside_a_path =
          f.text.front() == '/' && at > 0 && continues_path(file.raw[at - 1]);
      if (inside_a_path) continue;
      found.push_back(file.path + ":" + std::to_string(line_of(file.raw, at)) + ": `" + f.text +
                      "`; " + f.instead);
    }
  }
  return found;
}

bool has_size_limit(std::string_view path) {
  static prefixes const hand_written{"src/", "tests/", "ui/src/", "scripts/", "bench/"};
  static prefixes const kinds{".cpp", ".hpp", ".ts", ".tsx", ".css",
                              ".js",  ".mjs", ".sh", ".py",  ".txt"};
  static prefixes const lists{"tests/golden/", "tests/lab/seeds.txt"};
  if (!is_under(path, hand_written) || is_under(path, lists)) return false;
  if (path.find("generated") != std::string_view::npos) return false;
  bool const script = path.starts_with("scripts/") && path.find('.') == std::string_view::npos;
  return script ||
         std::ranges::any_of(kinds, [&](std::string_view kind) { return path.ends_with(kind); });
}

findings check_size(source_file const& file) {
  auto const lines = static_cast<std::size_t>(std::ranges::count(file.raw, '\n'));
  if (!has_size_limit(file.path) || lines <= lines_max) return {};
  return {file.path + ":" + std::to_string(lines) + ": over " + std::to_string(lines_max) +
          " lines; one noun a file"};
}

}  // namespace retrylab::tidy
