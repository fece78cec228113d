import CanonicalJSON
import Estate
import Hummingbird

/// A call that somebody made of a server's API, after it was let in.
struct APICall: Sendable {
  let position: ServerPosition

  /// The names of the site and of the server as `site/server`.
  let site: String
  let server: String

  /// Who is logged on; empty where a call needs nobody.
  let username: String

  /// The bearer token that came with it.
  let token: String?

  let query: [String: String]
  let path: [String: String]
  let body: [UInt8]

  /// Who did it, for the log.
  var author: String { "rest \(server) \(username)" }

  /// The body as JSON.
  ///
  /// - Throws: ``APIRefusal`` where it is none.
  func json() throws(APIRefusal) -> JSONValue {
    // What is wrong with it, SEPM does not say.
    guard let value = try? JSONValue(parsing: body) else {
      throw APIRefusal(.badRequest, "The request body is not valid JSON.")
    }
    return value
  }

  /// A number of the query; `fallback` where it is not there.
  ///
  /// - Throws: ``APIRefusal`` where it is no number, or not in the range.
  func number(
    _ name: String, in range: ClosedRange<Int64>, or fallback: Int64
  ) throws(APIRefusal) -> Int64 {
    guard let text = query[name], !text.isEmpty else { return fallback }
    guard let number = Int64(text), range.contains(number) else {
      throw APIRefusal(.badRequest, "The parameter \(name) is invalid.")
    }
    return number
  }

  /// A truth value of the query.
  ///
  /// - Throws: ``APIRefusal`` where it is none.
  func flag(_ name: String) throws(APIRefusal) -> Bool {
    switch query[name]?.lowercased() {
    case nil, "", "false": false
    case "true": true
    default: throw APIRefusal(.badRequest, "The parameter \(name) is invalid.")
    }
  }
}

/// Which page of a list is asked for: `pageIndex` starts at 1 (`docs/SEPM.md`, "Paging").
struct PageRequest: Sendable {
  /// From 0.
  let number: Int
  let size: Int

  init(_ call: APICall, usualSize: Int64) throws(APIRefusal) {
    number = Int(try call.number("pageIndex", in: 1...1_000_000, or: 1)) - 1
    size = Int(try call.number("pageSize", in: 1...10_000, or: usualSize))
  }

  /// The positions of a list of `count` that are on the page.
  func range(of count: Int) -> Range<Int> {
    let start = min(number * size, count)
    return start..<min(start + size, count)
  }
}
