import { Component, type ComponentChildren, type FunctionComponent } from 'preact';

/** A component that is drawn anew only when `isSame` says no. */
export function memo<Props extends object>(
  draw: (props: Props) => ComponentChildren,
  isSame: (before: Props, after: Props) => boolean,
): FunctionComponent<Props> {
  class Memo extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      return !isSame(this.props, next);
    }
    override render(): ComponentChildren {
      return draw(this.props);
    }
  }
  return Memo as unknown as FunctionComponent<Props>;
}
