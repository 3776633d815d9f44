#include "http/handlers.hpp"
#include "http/problem.hpp"
#include "http/server_context.hpp"

#include <algorithm>
#include <array>

namespace retrylab {
namespace {

// No inline script and nothing from elsewhere: what a job's payload or error contains can never
// run.
constexpr char const* content_policy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' "
    "data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

constexpr std::array<std::pair<std::string_view, std::string_view>, 9> content_types{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".json", "application/json"},
    {".txt", "text/plain; charset=utf-8"},
}};

std::string_view content_type(std::string_view path) {
  for (auto const& [ending, type] : content_types) {
    if (path.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

ui_asset const* find(ui_assets assets, std::string_view path) {
  auto const found =
      std::find_if(assets.begin(), assets.end(), [&](ui_asset const& a) { return a.path == path; });
  return found == assets.end() ? nullptr : &*found;
}

response send(ui_asset const& asset, bool gzip) {
  response r;
  r.content_type = content_type(asset.path);
  bool const compressed = gzip && !asset.gzip.empty();
  r.static_body = compressed ? asset.gzip : asset.bytes;
  if (compressed) r.headers.emplace_back("Content-Encoding", "gzip");
  r.headers.emplace_back("Vary", "Accept-Encoding");
  // Names below assets/ carry a hash of their content; everything else is asked for again.
  bool const hashed = asset.path.starts_with("assets/");
  r.headers.emplace_back("Cache-Control",
                         hashed ? "public, max-age=31536000, immutable" : "no-cache");
  r.headers.emplace_back("Content-Security-Policy", content_policy);
  r.headers.emplace_back("Referrer-Policy", "no-referrer");
  return r;
}

response redirect(std::string to) {
  response r;
  r.status = 302;
  r.headers.emplace_back("Location", std::move(to));
  return r;
}

}  // namespace

handler_result get_root(request const&, server_context&) { co_return redirect("/ui/"); }

handler_result get_docs(request const&, server_context&) { co_return redirect("/ui/reference"); }

// Paths without a file behind them are the page's own: it shows what they mean.
handler_result get_ui(request const& req, server_context& server) {
  std::string const path = req.params.empty() ? req.path.substr(1) : req.params[0];
  ui_asset const* asset = find(server.ui, path);
  if (!asset && path.find('.') == std::string::npos) asset = find(server.ui, "index.html");
  if (!asset) co_return problem(404, "there is no file " + req.path);
  co_return send(*asset, req.accepts_gzip);
}

}  // namespace retrylab
