//! Words of the list under the search box.

crate::words! {
    list = "추천 검색어와 제품", "Suggestions";
    queries = "많이 찾는 말", "Often searched";
    categories = "분류", "Categories";
    listings = "제품", "Products";
    vendors = "공급사", "Suppliers";
    parts = "품번", "Part numbers";
    recent = "최근 검색", "Recent searches";
    forget = "‘{q}’ 최근 검색에서 지우기", "Remove ‘{q}’ from recent searches";
    forget_all = "최근 검색 모두 지우기", "Clear recent searches";
    forgotten = "지웠어요.", "Removed.";
    count = "추천 {n}개. 위아래 화살표로 고르세요.", "Suggestions: {n}. Choose with the arrow keys.";
    none = "추천이 없어요. 엔터를 누르면 찾아요.", "No suggestions. Press Enter to search.";
}
