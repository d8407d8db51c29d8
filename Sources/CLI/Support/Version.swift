/// 版本: of the program.
enum Version {
    static let string = "0.1.0"
}
