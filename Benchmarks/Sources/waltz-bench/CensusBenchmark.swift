import Foundation
import PlanModel
import SEPMClient
import Secrets

/// A census over HTTPS as a run takes it: all computers of a site, then those alone that made contact lately.
enum CensusBenchmark {
  /// Prints the seconds of the first census and its computers, those of the next one, and the peak of memory in
  /// bytes, in one line.
  ///
  /// - Parameters:
  ///   - url: where the API is.
  ///   - authorities: a PEM file with what its certificate is held against.
  ///   - username: who logs on, with the password in the file `password`.
  ///   - password: a file.
  ///   - pageSize: how many computers a page has.
  /// - Throws: what the client throws, or why a measurement makes no sense.
  static func run(
    url: String, authorities: String, username: String, password: String, pageSize: Int
  ) async throws {
    guard let address = APIAddress(url),
      let list = ServerTrust.AuthorityList(
        pem: Array(try Data(contentsOf: URL(filePath: authorities))))
    else { throw BenchmarkError("\(url) or \(authorities) is not what it should be.") }
    let secret = Secret(content: Array(try Data(contentsOf: URL(filePath: password))))
    let client = APIClient(
      address,
      account: Account(username: username) { () async throws(SecretTrouble) in secret },
      trust: .authorities(list), pace: RequestPace(perMinute: 60_000, burst: 10_000),
      limits: CallLimits(bytes: 256 << 20, pageSize: pageSize),
      clock: { Int64(Date().timeIntervalSince1970 * 1_000) })
    _ = try await client.logOn()
    var computers: [Computer] = []
    let first = try await ContinuousClock().measure {
      _ = try await client.computers { page throws(SEPMError) in computers += page }
    }
    // The hundredth part that made contact last.
    let contacts = computers.compactMap { $0.lastContact?.milliseconds }.sorted()
    guard !contacts.isEmpty else { throw BenchmarkError("No computer has made contact.") }
    let since = ServerTime(milliseconds: contacts[contacts.count * 99 / 100])
    var changed = 0
    let next = try await ContinuousClock().measure {
      _ = try await client.computers(since: since) { page throws(SEPMError) in
        changed += page.count
      }
    }
    print(first / .seconds(1), computers.count, next / .seconds(1), changed, peakMemory())
  }

  /// The most memory that this process had, in bytes.
  private static func peakMemory() -> Int {
    var usage = rusage()
    #if canImport(Glibc)
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      return usage.ru_maxrss * 1_024
    #else
      getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss
    #endif
  }
}
