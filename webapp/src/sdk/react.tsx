import type { ComponentType } from 'react';
import { createRoot } from 'react-dom/client';
import type { EditorContext } from './context.js';
import type { EmbedContext, EmbedView } from './formats.js';

/*
 * `@tandem/sdk/react`: for plugins that draw with React, with the wiki's own copy of it. A module by
 * itself, so that others need no React.
 */

/** Makes the view of an embed from a component; `<span>` unless another element is named. */
export function reactEmbed(Component: ComponentType<EmbedContext>, tag = 'span'): (context: EmbedContext) => EmbedView {
  return (context) => {
    const element = document.createElement(tag);
    const root = createRoot(element);
    const draw = (value: unknown): void => root.render(<Component {...context} value={value} />);
    draw(context.value);
    return {
      element,
      update: (value) => {
        draw(value);
        return true;
      },
      // Not within the rendering that took it away.
      destroy: () => queueMicrotask(() => root.unmount()),
    };
  };
}

/** Makes the `mount` of a panel from a component. */
export function reactPanel(Component: ComponentType<EditorContext>): (element: HTMLElement, context: EditorContext) => () => void {
  return (element, context) => {
    const root = createRoot(element);
    root.render(<Component {...context} />);
    return () => queueMicrotask(() => root.unmount());
  };
}
