#include "source_file.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <utility>

namespace retrylab::tidy {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Walks over C++ text once and blanks what is no code. Knows line and block comments, literals with
// escapes, raw strings and digit separators; that is all of the language's lexing that matters
// here.
class blanker {
 public:
  explicit blanker(source_file& file) : file_(file), raw_(file.raw) {}

  void run() {
    while (at_ < raw_.size()) {
      if (starts("//")) {
        skip_comment(raw_.find('\n', at_));
      } else if (starts("/*")) {
        std::size_t const end = raw_.find("*/", at_ + 2);
        skip_comment(end == std::string::npos ? end : end + 2);
      } else if (starts("R\"") && (at_ == 0 || !is_word(raw_[at_ - 1]) || prefixed())) {
        skip_raw_string();
      } else if (raw_[at_] == '"' || (raw_[at_] == '\'' && !is_digit_separator())) {
        skip_literal(raw_[at_]);
      } else {
        ++at_;
      }
    }
  }

 private:
  bool starts(std::string_view text) const { return raw_.compare(at_, text.size(), text) == 0; }

  // u8R"…", uR"…", UR"…", LR"…"
  bool prefixed() const {
    char const before = raw_[at_ - 1];
    return before == '8' || before == 'u' || before == 'U' || before == 'L';
  }

  bool is_digit_separator() const {
    std::size_t first = at_;
    while (first > 0 && (is_word(raw_[first - 1]) || raw_[first - 1] == '\'')) --first;
    return first < at_ && std::isdigit(static_cast<unsigned char>(raw_[first])) != 0;
  }

  static void blank(std::string& text, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      if (text[i] != '\n') text[i] = ' ';
    }
  }

  void skip_comment(std::size_t end) {
    end = std::min(end, raw_.size());
    blank(file_.statements, at_, end);
    blank(file_.code, at_, end);
    at_ = end;
  }

  void skip_literal(char quote) {
    std::size_t end = at_ + 1;
    while (end < raw_.size() && raw_[end] != quote && raw_[end] != '\n')
      end += raw_[end] == '\\' ? 2 : 1;
    end = std::min(end, raw_.size());
    blank(file_.code, at_ + 1, end);
    at_ = end + 1;
  }

  void skip_raw_string() {
    std::size_t const open = raw_.find('(', at_);
    if (open == std::string::npos) {
      at_ = raw_.size();
      return;
    }
    std::string const close = ")" + raw_.substr(at_ + 2, open - at_ - 2) + "\"";
    std::size_t const end = std::min(raw_.find(close, open), raw_.size());
    blank(file_.code, at_ + 2, end);
    at_ = std::min(end + close.size(), raw_.size());
  }

  source_file& file_;
  std::string const& raw_;
  std::size_t at_ = 0;
};

std::vector<std::string> ask_git(std::filesystem::path const& root) {
  std::string const command =
      "git -C '" + root.string() + "' ls-files --cached --others --exclude-standard -z 2>/dev/null";
  std::unique_ptr<FILE, int (*)(FILE*)> const pipe{popen(command.c_str(), "r"), &pclose};
  if (!pipe) return {};
  std::string all;
  std::array<char, 4096> buffer{};
  while (std::size_t const n = std::fread(buffer.data(), 1, buffer.size(), pipe.get()))
    all.append(buffer.data(), n);
  std::vector<std::string> files;
  for (std::size_t at = 0, end = 0; (end = all.find('\0', at)) != std::string::npos; at = end + 1) {
    files.push_back(all.substr(at, end - at));
  }
  return files;
}

std::vector<std::string> walk(std::filesystem::path const& root) {
  namespace fs = std::filesystem;
  static std::set<std::string> const ignored{".git",         ".cache", "build",
                                             "node_modules", "dist",   "retrylab-data"};
  std::vector<std::string> files;
  for (auto it = fs::recursive_directory_iterator{root}; it != fs::recursive_directory_iterator{};
       ++it) {
    if (it->is_directory() && ignored.contains(it->path().filename().string()))
      it.disable_recursion_pending();
    if (it->is_regular_file())
      files.push_back(it->path().lexically_relative(root).generic_string());
  }
  return files;
}

}  // namespace

source_file make_source(std::string path, std::string raw) {
  source_file file{std::move(path), raw, raw, raw};
  if (is_cpp(file.path)) blanker{file}.run();
  return file;
}

std::vector<source_file::include> source_file::includes() const {
  std::vector<include> found;
  for (std::size_t at = 0; at < statements.size();) {
    std::size_t const end = std::min(statements.find('\n', at), statements.size());
    std::string_view text = std::string_view{statements}.substr(at, end - at);
    auto const drop_spaces = [&] {
      text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    };
    auto const take = [&](std::string_view word) {
      drop_spaces();
      bool const here = text.substr(0, word.size()) == word;
      if (here) text.remove_prefix(word.size());
      return here;
    };
    if (take("#") && take("include")) {
      drop_spaces();
      bool const angled = !text.empty() && text.front() == '<';
      if (angled || (!text.empty() && text.front() == '"')) {
        text.remove_prefix(1);
        found.push_back(
            {std::string{text.substr(0, text.find(angled ? '>' : '"'))}, angled, line_of(raw, at)});
      }
    }
    at = end + 1;
  }
  return found;
}

std::size_t line_of(std::string_view text, std::size_t offset) {
  return 1 + static_cast<std::size_t>(std::ranges::count(text.substr(0, offset), '\n'));
}

std::string_view line_at(std::string_view text, std::size_t offset) {
  std::size_t const before = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  std::size_t const first = before == std::string_view::npos ? 0 : before + 1;
  return text.substr(first, std::min(text.find('\n', offset), text.size()) - first);
}

bool is_cpp(std::string_view path) { return path.ends_with(".cpp") || path.ends_with(".hpp"); }

bool is_under(std::string_view path, std::vector<std::string_view> const& prefixes) {
  return std::ranges::any_of(prefixes,
                             [&](std::string_view prefix) { return path.starts_with(prefix); });
}

std::vector<std::string> tracked_files(std::filesystem::path const& root) {
  std::vector<std::string> files = ask_git(root);
  if (files.empty()) files = walk(root);
  std::erase_if(files,
                [&](std::string const& f) { return !std::filesystem::is_regular_file(root / f); });
  std::ranges::sort(files);
  return files;
}

std::string read_file(std::filesystem::path const& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

bool is_text(std::string_view bytes) {
  return bytes.substr(0, 8000).find('\0') == std::string_view::npos;
}

}  // namespace retrylab::tidy
