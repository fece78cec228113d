import Foundation

/// The files of this repository that tests read.
public enum Repository {
  /// Where the package is.
  public static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// The plans of the repository, by path.
  public static let plans = yamlFiles(in: "plans")

  /// The scenarios of the repository, by path.
  public static let scenarios = yamlFiles(in: "plans/scenarios")

  public static let oneServer = root + "/plans/one-server.yaml"
  public static let quickstart = root + "/plans/quickstart.yaml"

  public static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
  }

  private static func yamlFiles(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)")) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().map { "\(root)/\(folder)/\($0)" }
  }
}
